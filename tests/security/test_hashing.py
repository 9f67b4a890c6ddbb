from lado.config import Config
from tests.conftest import make_app


def test_passwords_are_hashed_as_dearly_as_rfc_9106_asks(config):
    """The tests hash cheaply; this is what everybody else gets."""
    real = Config(config.instance, config.database_url, config.secret_key)
    app = make_app(real)
    with app.app_context():
        from flask_security import hash_password, verify_password

        kept = hash_password("quiet lantern harbour")
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert verify_password("quiet lantern harbour", kept)
        assert hash_password("quiet lantern harbour") != kept


def test_keys_for_different_purposes_are_different_and_none_is_the_secret_key(config):
    keys = {config.derived_key("second factor"), config.derived_key("another"), config.secret_key}
    assert len(keys) == 3
