import pytest

from linli.lib import disk
from linli.lib.errors import Refusal
from linli.lib.faults import Fault


def refused(action, *arguments, **more):
    with pytest.raises(Refusal) as refusal:
        action(*arguments, **more)
    return refusal.value.code, refusal.value.values.get("why")


def test_a_file_is_read_up_to_its_limit(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert disk.read(file, most=5) == b"12345"
    assert refused(disk.read, file, most=4) == ("file.too_large", None)


def test_why_a_file_cannot_be_read(tmp_path):
    (tmp_path / "plain").touch()
    assert refused(disk.read, tmp_path, most=1) == ("file.unreadable", Fault.FOLDER)
    assert refused(disk.read, tmp_path / "a", most=1) == ("file.unreadable", Fault.MISSING)
    assert refused(disk.read, tmp_path / "plain" / "a", most=1) == ("file.unreadable", Fault.NO_FOLDER)
    assert refused(disk.read, tmp_path / ("a" * 300), most=1) == ("file.unreadable", Fault.LONG)
    (tmp_path / "loop").symlink_to("loop")
    assert refused(disk.read, tmp_path / "loop", most=1) == ("file.unreadable", "Too many levels of symbolic links")


def test_a_file_is_written_whole(tmp_path):
    file = tmp_path / "a"
    disk.write(file, b"old")
    disk.write(file, b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a", b"new")]


def test_what_stood_there_stays_where_the_new_file_cannot_be_written(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    (tmp_path / ".a.part").mkdir()
    assert refused(disk.write, file, b"new")[0] == "file.unwritable"
    assert file.read_bytes() == b"old"


def test_why_a_file_cannot_be_written(tmp_path):
    assert refused(disk.write, tmp_path, b"") == ("file.unwritable", Fault.FOLDER)
    assert refused(disk.write, tmp_path / "no" / "a", b"") == ("file.unwritable", Fault.MISSING)
    assert refused(disk.write, disk.Path("/dev/full"), b"x") == ("file.unwritable", Fault.FULL)


def test_a_copy_is_not_written_over_what_it_was_made_from(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    assert refused(disk.write, tmp_path / "." / "a", b"new", beside=file)[0] == "file.same"
    assert file.read_bytes() == b"old"
