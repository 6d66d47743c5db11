"""Write the generated blocks of the documentation anew: `python -m tests.docs`."""

import sys

from tests.docs.blocks import DOCUMENTS, ROOT, refreshed


def main() -> None:
    for document in DOCUMENTS:
        path, text = ROOT / document, refreshed(document)
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{document} written\n")


if __name__ == "__main__":
    main()
