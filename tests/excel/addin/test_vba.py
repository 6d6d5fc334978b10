"""The macros behind the ribbon, run with strict errors: what reaches Python, and what is refused."""

import re

import pytest

from automation.base.findings import Text
from automation.excel.addin.ribbon import CALLBACK, Control
from automation.excel.addin.vba import LONGEST_ID, REFUSED_IN_NAMES, ribbon_module
from automation.front.addin import build as addin_build
from tests.excel.addin.interpreter import Excel, FakeControl

SOURCE = next(one.source for one in addin_build.sources().modules if one.name == "DeliverybookRibbon")
MACROS = re.findall(r"^Public Sub (\w+)\(\)", SOURCE, re.MULTILINE)
CHECK = "import automation.front.ribbon;automation.front.ribbon.click('check')"
WRONG = "这个按钮的编号有误，请重新安装交付簿加载项。\r\nThis button has a wrong id; install the add-in again."
ANY = Text("文", "text")


def excel(**options):
    return Excel(SOURCE, name="DeliverybookRibbon", **options)


def control(name, **more):
    return Control(name, "plan", ANY, ANY, "Lock", "A", **more)


def test_a_click_passes_on_its_id_and_nothing_else():
    running = excel()
    running.run(CALLBACK, FakeControl("check"))
    assert (running.asked, running.said) == ([CHECK], [])


@pytest.mark.parametrize("macro", MACROS)
def test_every_macro_for_sheet_buttons_asks_for_its_own_button(macro):
    running = excel()
    running.run(macro)
    assert running.asked == [CHECK.replace("check", macro.removeprefix("deliverybook_"))]


@pytest.mark.parametrize(
    "name", ["", "Check", "a'b", "a;import os", "a b", "检查", 'a"', "a|b", "a%b", "x" * (LONGEST_ID + 1)]
)
def test_an_id_with_other_characters_is_refused(name):
    running = excel()
    running.run(CALLBACK, FakeControl(name))
    assert (running.asked, running.said) == ([], [WRONG])


def test_the_longest_id_passes():
    running = excel()
    running.run(CALLBACK, FakeControl("x" * LONGEST_ID))
    assert len(running.asked) == 1


def test_without_a_workbook_the_click_says_what_to_open():
    running = excel(book="")
    running.run(CALLBACK, FakeControl("check"))
    assert running.said == ["请先打开交付簿工作簿。\r\nOpen a Deliverybook workbook first."]


@pytest.mark.parametrize("sign", list(REFUSED_IN_NAMES))
def test_a_workbook_whose_name_would_be_read_as_a_command_is_refused(sign):
    running = excel(book=f"计划{sign}.xlsx")
    running.run(CALLBACK, FakeControl("check"))
    assert running.asked == []
    (said,) = running.said
    assert said.splitlines() == [
        "文件名里有不能使用的字符，请去掉后再试：",
        f"The file name holds characters that cannot be used; remove these and try again: {REFUSED_IN_NAMES}",
    ]


def test_a_name_that_makes_the_shell_put_in_its_own_quotes_is_refused():
    running = excel(book="a%CMDCMDLINE%&calc&.xlsx")
    running.run(CALLBACK, FakeControl("check"))
    assert running.asked == []


@pytest.mark.parametrize("name", ["R&D (2).xlsx", "张三's 计划.xlsx", "Mappe1"])
def test_a_workbook_with_a_usual_name_is_not(name):
    running = excel(book=name)
    running.run(CALLBACK, FakeControl("check"))
    assert running.asked == [CHECK]


def test_python_that_cannot_be_started_is_told_with_what_to_do():
    running = excel(trouble="Permission denied")
    running.run(CALLBACK, FakeControl("check"))
    (said,) = running.said
    assert said.splitlines() == [
        "无法启动 Python，请运行 deliverybook addin doctor 查看原因。",
        "Python could not be started; run deliverybook addin doctor to see why.",
        "Permission denied",
    ]


def test_there_is_one_call_of_python_and_it_holds_no_sign_of_a_shell():
    calls = re.findall(r"RunPython (.*)", SOURCE)
    assert len(calls) == 1
    command = calls[0].replace('" & id & "', "check").strip('"\r')
    assert command == CHECK
    assert not set(command) & set('"|%&^')


def test_the_module_is_plain_ascii_with_the_line_ends_of_vba():
    assert SOURCE.isascii()
    assert SOURCE.count("\n") == SOURCE.count("\r\n") == len(SOURCE.splitlines())
    assert max(map(len, SOURCE.splitlines())) < 1023
    assert SOURCE.splitlines()[1] == "Option Explicit"


def test_a_menu_has_no_macro():
    source = ribbon_module([control("make", is_menu=True), control("make_d01", menu="make")], version="1.2.3")
    assert re.findall(r"^Public Sub (\w+)", source, re.MULTILINE) == [CALLBACK, "deliverybook_make_d01"]


def test_the_version_stands_in_the_module():
    assert 'DELIVERYBOOK_VERSION As String = "1.2.3"' in ribbon_module([control("check")], version="1.2.3")


def test_a_button_must_not_take_the_name_of_the_callback():
    with pytest.raises(ValueError, match="button"):
        ribbon_module([control("button")], version="1.2.3")


def test_a_version_is_no_way_into_the_module():
    with pytest.raises(ValueError, match="version"):
        ribbon_module([control("check")], version='1"\nPublic Sub Auto_Open()')
