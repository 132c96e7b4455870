import pytest

from assets.labels import codes

# What the keys of a wedge scanner give while the keyboard is set to Thai (Kedmanee).
LATIN = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
THAI = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
ON_THAI_KEYS = str.maketrans(LATIN, THAI)


def test_a_new_code_has_eight_letters_that_cannot_be_confused() -> None:
    drawn = [codes.new_code() for _ in range(300)]
    assert {len(code) for code in drawn} == {8}
    assert not set("".join(drawn)) & set("ILOU")


def test_new_codes_differ() -> None:
    assert len({codes.new_code() for _ in range(1000)}) == 1000


def test_every_new_code_is_read_back() -> None:
    for code in (codes.new_code() for _ in range(300)):
        assert codes.read_code(code) == code


@pytest.mark.parametrize(
    "text",
    [
        "7K3QF9AB",
        "7k3qf9ab",
        "  7K3Q F9AB \r\n",
        "7K3Q-F9AB",
        "7K3Q–F9AB",
        "\ufeff7K3QF9AB\u200b",
        "๗K๓QF๙AB",
        "HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB",
        "https://helpdesk.example.go.th/q/7k3qf9ab",
        "https://helpdesk.example.go.th/q/7k3qf9ab/",
        "HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB?FROM=CAMERA",
        "https://helpdesk.example.go.th/q/7k3qf9ab/?lang=en#top",
        "http://127.0.0.1:5000/Q/7K3QF9AB",
        "https://example.go.th/help/desk/q/7K3QF9AB",
        "helpdesk.example.go.th/q/7K3QF9AB",
        "/q/7K3QF9AB",
        "q/7K3QF9AB",
    ],
)
def test_a_code_is_found_in_what_was_scanned_or_typed(text: str) -> None:
    assert codes.read_code(text) == "7K3QF9AB"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("7K3QF9AO", "7K3QF9A0"), ("ILK3QF9A", "11K3QF9A"), ("oilk3qf9", "011K3QF9")],
)
def test_confused_letters_are_read_as_the_digits_they_look_like(typed: str, meant: str) -> None:
    assert codes.read_code(typed) == meant


@pytest.mark.parametrize(
    "sent",
    [
        "7K3QF9AB",
        "7k3qf9ab",
        "HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB",
        "https://helpdesk.example.go.th:8443/q/7k3qf9ab/?a=1",
        "HTTPS://EXAMPLE.GO.TH/Help/Q/7K3QF9AB",
    ],
)
def test_a_scanner_on_a_thai_keyboard_is_understood(sent: str) -> None:
    typed = sent.translate(ON_THAI_KEYS)
    assert typed != sent
    assert codes.read_code(typed) == "7K3QF9AB"


def test_keystrokes_of_mixed_case_are_no_scanner() -> None:
    assert codes.read_code("7K3qF9aB".translate(ON_THAI_KEYS)) is None


def test_every_new_code_survives_a_thai_keyboard_in_an_address() -> None:
    for code in (codes.new_code() for _ in range(300)):
        address = f"HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/{code}"
        assert codes.read_code(address.translate(ON_THAI_KEYS)) == code
        assert codes.read_code(address.lower().translate(ON_THAI_KEYS)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "7K3QF9A",
        "7K3QF9ABC",
        "7K3QF9AU",
        "74400109",
        "7440-0109",
        "7440-001-0001",
        "7440-001-0001/69",
        "พย7110-006-024-335",
        "ครุภัณฑ์",
        "เครื่องพิมพ์",
        "https://helpdesk.example.go.th/q/",
        "https://helpdesk.example.go.th/t/7K3QF9AB",
        "https://helpdesk.example.go.th/q/7K3QF9AB/photo",
        "WIFI:S:office;T:WPA;P:7K3QF9AB;;",
        "<script>alert(1)</script>",
        "7K3QF9AB" * 5000,
    ],
)
def test_what_is_no_code_gives_nothing(text: str) -> None:
    assert codes.read_code(text) is None
