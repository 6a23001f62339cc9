"""The grammar that the tests of the language load specs with: every type, every feature."""

from __future__ import annotations

from generator.fieldtypes import GRAMMARS
from generator.spec.grammar import FeatureGrammar, Grammar, OptionGrammar

FEATURES = (
    FeatureGrammar(name="admin"),
    FeatureGrammar(name="backup"),
    FeatureGrammar(name="cache", kinds=("redis", "memcached", "memory")),
    FeatureGrammar(name="ci", kinds=("github", "gitlab"), default_on=True),
    FeatureGrammar(name="docker", default_on=True),
    FeatureGrammar(name="events", kinds=("rabbitmq", "kafka", "nats", "redis")),
    FeatureGrammar(name="graphql", conflicts=("admin",)),
    FeatureGrammar(name="jobs", kinds=("redis", "rabbitmq"), urls=("jobs",)),
    FeatureGrammar(name="kubernetes", requires=("docker",)),
    FeatureGrammar(name="metrics", kinds=("prometheus",)),
    FeatureGrammar(
        name="rate_limit",
        options=(
            OptionGrammar(name="requests", type="int", default=100),
            OptionGrammar(name="window", type="duration", default="1m"),
            OptionGrammar(name="by", type="str", choices=("user", "ip"), default="user"),
            OptionGrammar(name="strict", type="bool", default=False),
            OptionGrammar(name="header", type="str"),
        ),
    ),
)
GRAMMAR = Grammar(
    types=GRAMMARS,
    features=FEATURES,
    auth_methods=("jwt", "session", "oauth2"),
    known_features=("backup", "cache", "ci", "docker", "events", "metrics", "storage"),
)
