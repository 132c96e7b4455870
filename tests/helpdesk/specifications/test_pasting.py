"""Requirements as people really paste them out of Excel, Word and chats."""

from __future__ import annotations

import pypdfium2
import pytest

from helpdesk.specifications import samples
from helpdesk.specifications.rules import pasting
from helpdesk.specifications.rules.drafting import RequirementDraft
from helpdesk.specifications.states import Operator
from kernel.errors import Refusal

SIGNS = {"F05": "๒๐๐,๐๐๐.๐๐", "F06": "ไม่ผ่าน"}
AT_LEAST, AT_MOST = Operator.AT_LEAST, Operator.AT_MOST


def one(text: str) -> RequirementDraft:
    found = pasting.of_text(text)
    assert len(found) == 1
    return found[0]


def test_single_lines_are_taken_apart_however_they_are_written() -> None:
    cases = {
        "1.2 หน่วยความจำหลัก (RAM) ไม่น้อยกว่า 8 GB": ("หน่วยความจำหลัก (RAM)", AT_LEAST, "8", "GB"),
        "๓) น้ำหนัก ไม่เกิน ๒.๕ กิโลกรัม": ("น้ำหนัก", AT_MOST, "๒.๕", "กิโลกรัม"),
        "- จอภาพ >= 14 นิ้ว": ("จอภาพ", AT_LEAST, "14", "นิ้ว"),
        "• ระบบปฏิบัติการ Windows หรือเทียบเท่า": ("ระบบปฏิบัติการ Windows", Operator.OR_EQUIVALENT, "", ""),
        "CPU รุ่นใหม่ หรือดีกว่า": ("CPU รุ่นใหม่", Operator.OR_BETTER, "", ""),
        "ความละเอียด ไม่น้อยกว่า 1366 x 768 Pixel": ("ความละเอียด", AT_LEAST, "1366 x 768", "Pixel"),
        "มีกระเป๋า": ("มีกระเป๋า", Operator.PLAIN, "", ""),
        "ไม่น้อยกว่า": ("ไม่น้อยกว่า", Operator.PLAIN, "", ""),
        "รับประกัน at least 3 years": ("รับประกัน", AT_LEAST, "3", "years"),
        "80 PLUS": ("80 PLUS", Operator.PLAIN, "", ""),
        "2.4 GHz และ 5 GHz": ("2.4 GHz และ 5 GHz", Operator.PLAIN, "", ""),
        "1.10. CPU รุ่นใหม่": ("CPU รุ่นใหม่", Operator.PLAIN, "", ""),
    }  # fmt: skip
    found = {}
    for text in cases:
        made = one(text)
        found[text] = (made.name, made.operator, made.amount, made.unit_word)
    assert found == cases


def test_a_table_with_heads_is_read_by_its_heads_in_any_order() -> None:
    table = (
        "แบบการกำหนดคุณสมบัติ\n"
        "\tข้อ\tเงื่อนไข\tคุณลักษณะขั้นต่ำ\tหน่วย\tค่า\tบังคับ\tรายการที่\n"
        "\t1.1\tไม่น้อยกว่า\tหน่วยความจำ\tGB\t8\tใช่\t1\n"
        '\t๑.๒\t<=\t"น้ำหนัก\nรวมแบตเตอรี่"\tกก.\t2\tไม่\t๒\n'
        "\n"
        "\t1.3\t\tมีพอร์ต USB ไม่น้อยกว่า 2 ช่อง\t\t\t\t1\n"
        "\t1.4\tนิดหน่อย\tเงียบ\t\t\t\tสอง\n"
    )
    found = pasting.of_text(table)
    assert found == [
        RequirementDraft("หน่วยความจำ", AT_LEAST, "8", "GB", mandatory=True, item=1),
        RequirementDraft("น้ำหนัก รวมแบตเตอรี่", AT_MOST, "2", "กก.", mandatory=False, item=2),
        RequirementDraft("มีพอร์ต USB", AT_LEAST, "2", "ช่อง", mandatory=True, item=1),
        RequirementDraft("เงียบ นิดหน่อย", Operator.PLAIN, "", "", mandatory=True, item=1),
    ]


def test_a_table_without_heads_loses_its_number_and_nothing_else() -> None:
    found = pasting.of_text("1\tหน่วยประมวลผล\t4 แกน\r\n2.\tจอ\tไม่น้อยกว่า\t14\tนิ้ว\r3\t\n")
    assert [each.name for each in found] == ["หน่วยประมวลผล 4 แกน", "จอ", "3"]
    assert (found[1].amount, found[1].unit_word) == ("14", "นิ้ว")


def test_files_of_old_programs_are_read_and_what_is_none_is_refused() -> None:
    old = "ที่,คุณสมบัติ,ค่า\n1,ขนาดจอ,14 นิ้ว\n".encode("cp874")
    assert pasting.of_file(old) == [RequirementDraft("ขนาดจอ", Operator.PLAIN, "14", "นิ้ว")]
    for nonsense in (b"", b"%PDF-1.4", b"PK\x03\x04 broken", b"\x89PNG\r\n", b"a\x00b"):
        with pytest.raises(Refusal):
            pasting.of_file(nonsense)


def test_wild_pastes_are_refused_or_kept_but_never_break() -> None:
    for text in ("", '"', "  \n\t\t\n", "\ufeff\u200b", "\0", "x" * 200_001, "ก\n" * 201):
        with pytest.raises(Refusal):
            pasting.of_text(text)
    for text in (
        *('"ไม่ปิด\tคำพูด', "=HYPERLINK(1)", "a\0b", "\t" * 500 + "ท้าย", "ก" * 5_000),
        *("1", "1.1.1.1", ">=", "ค่า\tหน่วย\nคุณลักษณะ\tค่า\nจอ\t14", "|จอ|14|", "ำ้่" * 40),
    ):
        found = pasting.of_text(text)
        assert found
        assert all(0 < len(each.name) <= 500 for each in found)


def test_the_samples_of_both_papers_need_no_database() -> None:
    for code, (_title, made) in samples.SAMPLES.items():
        text = "".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made("th"))
        )
        assert SIGNS[code] in text
