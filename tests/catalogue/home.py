from tests.catalogue import Example

EXAMPLES = [
    Example("home"),
    Example("desk"),
    Example("me"),
    Example("me-consent", own="member", data=lambda w: {"purpose": "name_bulletin", "given": "1"}),
    Example("healthz", html=False),
    Example("readyz", html=False),
    Example("elder", data=lambda w: {"elder": "1", "next": "/"}, keyed=False, writes=False),
    Example("language", data=lambda w: {"language": "en", "next": "/"}, keyed=False, writes=False),
]
