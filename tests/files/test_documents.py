import pypdfium2
import pytest

from linli.files import documents
from linli.lib.errors import Refusal

PAGE = "<html><body><p>党支部积分通报</p></body></html>"


@pytest.fixture(autouse=True)
def _fresh():
    documents.missing_packages.cache_clear()
    yield
    documents.missing_packages.cache_clear()


def test_chinese_text_is_text_in_the_pdf():
    if documents.missing_packages():
        pytest.skip(f"install {documents.missing_packages()}")
    document = pypdfium2.PdfDocument(documents.pdf(PAGE))
    assert "党支部积分通报" in document[0].get_textpage().get_text_range()


def test_nothing_outside_the_page_is_read(tmp_path):
    if documents.missing_packages():
        pytest.skip(f"install {documents.missing_packages()}")
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text y='20'>geheim</text></svg>")
    document = pypdfium2.PdfDocument(documents.pdf(f"<img src='file://{secret}'><p>x</p>"))
    assert "geheim" not in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("change", "value", "package"),
    [
        ("LIBRARIES", {"libnowhere.so.0": "libpango-1.0-0"}, "libpango-1.0-0"),
        ("CHINESE", b":lang=zh-nowhere:family=Nowhere", "fonts-noto-cjk"),
    ],
)
def test_what_is_missing_is_named_by_its_package(monkeypatch, change, value, package):
    monkeypatch.setattr(documents, change, value)
    with pytest.raises(Refusal) as refused:
        documents.pdf(PAGE)
    assert refused.value.code == "pdf-library"
    assert refused.value.values["packages"] == package
