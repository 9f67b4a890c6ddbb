"""`flask people`: who of those on record may be meant by a list of names."""

import json
from pathlib import Path

import click

from lado.cli.group import Group
from lado.cli.progress import progress
from lado.queries import held, matching
from lado.register.match_list import HEADINGS, read_list
from lado.services import person
from lado.services.audit import COMMAND_LINE

group = Group("people", help="The people on record.")


@group.command("match", help=f"""\
    Say who of those on record may be each of the people in FILE, best first.

    FILE is a CSV with the columns {", ".join(HEADINGS)}; blanks are allowed. It is for a list of
    names that another authority sends.""")  # fmt: skip
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--limit", type=click.IntRange(1, 100), default=matching.MOST_SHOWN,
              show_default=True, help="At most so many for each.")  # fmt: skip
@click.option("--format", "_format", type=click.Choice(["json"]), default="json")
def match(file: Path, limit: int, _format: str) -> None:
    queries = read_list(file.read_bytes())
    answers = []
    with progress("Looking for people") as report:
        for number, query in enumerate(queries):
            found = matching.find(None, query.asked, limit=limit)
            refs = held.contact_refs(each.person for each in found)
            answers.append(
                {
                    "query": query.reference,
                    "matches": [
                        {
                            "person": each.person.public_id,
                            "contact_refs": refs[each.person.id],
                            "score": each.match.score,
                            "strength": each.match.strength.value,
                            "reasons": list(each.match.reasons),
                        }
                        for each in found
                    ],
                }
            )
            report("Looking for people", number + 1, len(queries))
    person.searched(found=sum(len(answer["matches"]) for answer in answers), by=COMMAND_LINE)
    click.echo(json.dumps(answers, ensure_ascii=False, indent=2))
