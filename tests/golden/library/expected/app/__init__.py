"""City library"""
