"""Small files that bear the stamp of an add-in."""

import io
import zipfile

from automation import __version__

PROPERTY = (
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s"><vt:lpwstr>%s</vt:lpwstr></property>'
)


def addin_bytes(version=__version__, xlwings="0.37.8", more=b""):
    """An add-in file that bears these versions."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        properties = PROPERTY % (2, "deliverybook", version) + PROPERTY % (3, "xlwings", xlwings)
        package.writestr("docProps/custom.xml", f"<Properties>{properties}</Properties>")
        package.writestr("xl/vbaProject.bin", more)
    return target.getvalue()
