"""Write tables as a dataset for the library `datasets` and the Hugging Face hub: a folder with a dataset card.

    DIR/README.md                    the card: settings in YAML that the hub and the library read, then the datasheet
    DIR/articles/00000.parquet       the rows, at most MAX_FILE_ROWS a file; also revisions/, stories/, captures/
    DIR/datasheet.json               the datasheet for programs

Nothing is uploaded. See https://huggingface.co/docs/hub/datasets-cards
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import yaml

from archive.database import Archive
from archive.export.beside import one_moment
from archive.export.datasheet import Tally, add_files, datasheet
from archive.export.datasheet_page import page_of
from archive.export.no_texts import without_texts
from archive.export.parquet import ParquetFile
from archive.export.table import Table, TableName
from archive.export.tables import BATCH, table_of
from archive.query.choice import Choice
from archive.whole_file import whole_folder

MAX_FILE_ROWS = 200_000
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_MORE = "1M<n<10M"


def export_hugging_face(
    archive: Archive, choice: Choice, names: Sequence[TableName], output: Path, now: datetime, *, texts: bool
) -> int:
    """Write the tables *names* of *choice* into the folder *output*, all or nothing; return how many records.

    Raises UsageError where *output* is there already, nothing can be written, or pyarrow is missing.
    """
    with whole_folder(output) as part, one_moment(archive):
        contents: dict[str, tuple[Table, Tally]] = {}
        for name in names:
            table, tally = table_of(name, archive, choice), Tally()
            table = table if texts else without_texts(table)
            _write(table.watched(tally.watch), part / name)
            contents[name] = table, tally
        sheet = datasheet(archive, choice, contents, now)
        add_files(sheet, part, {})
        for file in sheet["files"]:
            file["name"] = file["name"].removeprefix(f"{part.name}/")
        title = ", ".join(outlet["name"] for outlet in sheet["outlets"].values()) or "no outlet"
        (part / "datasheet.json").write_text(json.dumps(sheet, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        (part / "README.md").write_text(
            _front(sheet, title) + page_of(sheet, f"Articles of {title}") + _USE, encoding="utf-8"
        )
    return sum(tally.records.total() for _, tally in contents.values())


def _write(table: Table, folder: Path) -> None:
    """Write the records of *table* into numbered files; an empty table has one, too, so that its columns are known."""
    folder.mkdir()
    batches = table.read()
    number, more = 0, True
    while more:
        some = list(islice(batches, 1))
        with closing(ParquetFile(folder / f"{number:05}.parquet", table.columns)) as file:
            for records in chain(some, islice(batches, MAX_FILE_ROWS // BATCH - 1)):
                file.write(records)
        number += 1
        following = next(batches, None)
        more = following is not None
        batches = chain([following], batches) if following is not None else batches


def _front(sheet: Mapping[str, Any], title: str) -> str:
    """Return the settings at the head of the card."""
    tables = sheet["tables"]
    records = max((table["records"] for table in tables.values()), default=0)
    languages = sorted({outlet["language"] for outlet in sheet["outlets"].values() if outlet["language"]})
    configs: list[dict[str, object]] = [
        {"config_name": name, "data_files": [{"split": "train", "path": f"{name}/*.parquet"}]} for name in tables
    ]
    configs[0]["default"] = True
    front = {
        "pretty_name": f"Articles of {title}",
        "language": languages,
        "license": "other",
        "license_name": "rights-of-the-outlets",
        "size_categories": [next((size for most, size in _SIZES if records < most), _MORE)],
        "tags": ["news"],
        "configs": configs,
    }
    return f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False)}---\n\n"


_USE = """## Use

```python
from datasets import load_dataset

articles = load_dataset("PATH OF THIS FOLDER", "articles", split="train")
```
"""
