"""Nobody else on the machine reads what an installation keeps."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from flask_migrate import upgrade

from lado import create_app
from lado.config import Config, UnsafeSettings
from lado.extensions import db


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """A folder that anybody may look into, as git makes it in a clone."""
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o755)
    monkeypatch.setenv("LADO_INSTANCE", str(folder))
    monkeypatch.delenv("LADO_DATABASE_URL", raising=False)
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_database_and_what_lies_beside_it_are_its_owners_alone(instance):
    app = create_app()
    with app.app_context():
        upgrade()
        assert {path.name for path in instance.iterdir()} >= {"lado.sqlite", "lado.sqlite-wal"}
        for path in instance.iterdir():
            assert mode(path) == (0o700 if path.is_dir() else 0o600), path.name
        db.session.remove()
        db.engine.dispose()


def test_an_instance_folder_that_is_made_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("LADO_INSTANCE", str(tmp_path / "new" / "instance"))
    Config.from_environment()
    assert mode(tmp_path / "new" / "instance") == 0o700


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
@pytest.mark.parametrize("open_to", [0o644, 0o640, 0o606])
def test_a_database_that_others_can_read_is_closed_to_them(suffix, open_to, instance):
    file = instance / f"lado.sqlite{suffix}"
    file.touch()
    file.chmod(open_to)
    Config.from_environment()
    assert mode(file) == 0o600


@pytest.mark.parametrize("url", ["sqlite:///other.sqlite", "sqlite:///{instance}/other.sqlite"])
def test_one_of_another_name_too(url, instance, monkeypatch):
    monkeypatch.setenv("LADO_DATABASE_URL", url.format(instance=instance))
    sqlite3.connect(instance / "other.sqlite").close()
    Config.from_environment()
    assert mode(instance / "other.sqlite") == 0o600


def test_the_start_is_refused_when_the_database_cannot_be_closed(instance, monkeypatch):
    file = instance / "lado.sqlite"
    file.touch(mode=0o644)

    def not_ours(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", not_ours)
    with pytest.raises(UnsafeSettings, match=f"Others can read {file}. Run: chmod 600"):
        Config.from_environment()


def test_the_start_is_refused_when_others_can_read_the_key(instance):
    Config.from_environment()
    os.chmod(instance / "secret_key", 0o640)  # noqa: PTH101 - as a shell does
    with pytest.raises(UnsafeSettings, match="chmod 600"):
        Config.from_environment()
