"""City library"""

from app.paths import register_convertors

register_convertors()
