"""The check of the schemas themselves: are the YAML files of ``schemas/`` sound, complete and in step?

Here: reading, form by the meta-schema, and the order of the checks. Not here: the meta-schema (``metaschema``), what
sheets say about each other (``meta_sheets``), lists, messages and settings (``meta_texts``). It runs when schemas
are edited (``schema check``, the tests), never when a workbook is checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from automation.schema import metaschema
from automation.schema.meta_problem import SchemaProblem, problem
from automation.schema.meta_sheets import sheet_problems
from automation.schema.meta_texts import list_problems, message_problems, parameter_problems, punctuation_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema.exceptions import ValidationError

FORMS: Mapping[str, Mapping[str, Any]] = {
    "lists.yaml": metaschema.LISTS,
    "messages.yaml": metaschema.MESSAGES,
    "parameters.yaml": metaschema.PARAMETERS,
}
SHEETS = "sheets/"


class _Loader(yaml.SafeLoader):
    """A safe loader that does not accept the same key twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT002 - PyYAML's
        seen = set()
        for name, _ in node.value:
            key = self.construct_object(name, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"{key!r} stands twice", problem_mark=name.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def check(texts: Mapping[str, str]) -> tuple[SchemaProblem, ...]:
    """What is wrong with the schemas, in the order of the files; nothing when they are sound.

    Keys of ``texts`` are those of ``catalogue.parse``. What the files say about each other is only looked at once
    each of them has the right form.
    """
    values: dict[str, Any] = {}
    problems: list[SchemaProblem] = []
    for file in sorted({*texts, *FORMS}):
        if file not in texts:
            problems.append(problem(file, "", zh="缺少这个文件。", en="this file is missing."))
            continue
        try:
            values[file] = yaml.load(texts[file], Loader=_Loader)  # noqa: S506 - derived from the safe loader
        except (yaml.YAMLError, ValueError) as error:
            problems.append(_unreadable(file, error))
    for file, value in values.items():
        problems += _form_problems(file, value)
    if problems:
        return tuple(problems)
    return (
        *list_problems(values["lists.yaml"]),
        *message_problems(values["messages.yaml"], values["parameters.yaml"]),
        *parameter_problems(values["parameters.yaml"], values["lists.yaml"]),
        *sheet_problems({file: value for file, value in values.items() if file.startswith(SHEETS)}, values),
        *punctuation_problems(values),
    )


def _unreadable(file: str, error: yaml.YAMLError | ValueError) -> SchemaProblem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    what = getattr(error, "problem", None) or str(error)
    return problem(file, "", zh=f"第 {line} 行不是正确的 YAML：{what}。", en=f"line {line} is not valid YAML: {what}.")


def _form_problems(file: str, value: Any) -> Iterator[SchemaProblem]:
    form = metaschema.SHEET if file.startswith(SHEETS) else FORMS.get(file)
    if form is None:
        yield problem(file, "", zh="不认识这个文件。", en="this file is not known.")
        return
    errors = sorted(Draft202012Validator(form).iter_errors(value), key=lambda error: [str(part) for part in error.path])
    yield from (_form_problem(file, error) for error in errors)
    if not errors and file.startswith(SHEETS):
        try:
            Draft202012Validator.check_schema(value)
        except SchemaError as error:
            yield _form_problem(file, error)


def _form_problem(file: str, error: ValidationError | SchemaError) -> SchemaProblem:
    key = ".".join(str(part) for part in error.absolute_path)
    words = {
        "required": "缺少必需的键",
        "additionalProperties": "有不认识的键",
        "enum": "取值不在允许的范围内",
        "const": "取值不对",
        "type": "类型不对",
        "pattern": "为空或格式不对",
        "maxLength": "文字太长",
    }
    what = words.get(str(error.validator), "不符合规定")
    return problem(file, key, zh=f"{what}：{error.message}。", en=f"{error.message}.")
