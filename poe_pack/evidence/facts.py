"""What is known of an evidence file: plain values that cross process borders and go into caches."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class FileState(StrEnum):
    """Whether a file that a claim names can be used, judged without opening its structure."""

    PRESENT = "present"
    MISSING = "missing"
    EMPTY = "empty"
    LEAVES_FOLDER = "leaves_folder"
    """The name is absolute, has `..`, or hides something: NUL, line break, control or bidi character."""
    IS_LINK = "is_link"
    """A component below the claim's folder is a symbolic link."""
    NOT_A_FILE = "not_a_file"
    """A folder, device, pipe or socket."""
    UNREADABLE = "unreadable"
    """No permission, or the disk failed."""
    TOO_LARGE = "too_large"
    """Larger than the limit; nothing of it was kept."""
    LFS_POINTER = "lfs_pointer"
    """A few lines by Git LFS that stand for the file; the file itself was not fetched."""
    NOT_IN_GIT = "not_in_git"
    """It is there, but the commit that is about to be made does not hold it."""


class MediaType(StrEnum):
    """What a file is by its leading bytes. The value is the usual short name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"
    HEIC = "heic"
    AVIF = "avif"
    SVG = "svg"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    OLE = "ole"
    """The older Office container: .doc, .xls, .ppt and Outlook's .msg."""
    RTF = "rtf"
    EML = "eml"
    HTML = "html"
    XML = "xml"
    CSV = "csv"
    TXT = "txt"
    MP4 = "mp4"
    MOV = "mov"
    WEBM = "webm"
    MP3 = "mp3"
    WAV = "wav"
    ZIP = "zip"
    GZIP = "gzip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    PROGRAM = "program"
    """An executable of Windows, Linux or macOS, or a script with `#!`."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings that fit, in lower case with the dot; the first is the preferred one."""
        return _SUFFIXES.get(self, (f".{self.value}",))


_SUFFIXES: dict[MediaType, tuple[str, ...]] = {
    MediaType.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    MediaType.TIFF: (".tif", ".tiff"),
    MediaType.HEIC: (".heic", ".heif"),
    MediaType.OLE: (".msg", ".doc", ".xls", ".ppt"),
    MediaType.HTML: (".html", ".htm"),
    MediaType.TXT: (".txt", ".text", ".md", ".log"),
    MediaType.MP4: (".mp4", ".m4v", ".m4a"),
    MediaType.MOV: (".mov", ".qt"),
    MediaType.WEBM: (".webm", ".mkv"),
    MediaType.GZIP: (".gz", ".tgz"),
    MediaType.PROGRAM: (".exe", ".dll", ".sh", ".bin"),
}


class FileFacts(Struct, frozen=True):
    """What reading a file once tells.

    `path` is the name as the claim gives it; `size` is in bytes (0 where there is no regular file);
    `media_type` is None where the leading bytes say nothing; `sha256` has 64 lower-case hex digits and is
    None unless the whole file was read (`present` and `empty`).
    """

    path: str
    state: FileState
    size: int
    media_type: MediaType | None
    sha256: str | None


class ProbeState(StrEnum):
    """How opening a file in the child process went."""

    OK = "ok"
    ENCRYPTED = "encrypted"
    """A password is needed to open it. A password that only forbids editing does not count."""
    DAMAGED = "damaged"
    TOO_MANY_PAGES = "too_many_pages"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    UNSUPPORTED = "unsupported"
    """A kind without pages to print, such as a mail or a spreadsheet; `told` is what its page of facts says."""
    CRASHED = "crashed"


# How the detail of a file begins whose pages there was no room for: the file is not at fault.
NOT_WRITTEN = "the prepared pages could not be written: "


class Page(Struct, frozen=True):
    """The size of a page in points (1/72 inch) as displayed: cropped, turned and in user units."""

    width: float
    height: float


class Told(StrEnum):
    """What a file without pages can tell of itself."""

    FROM = "from"
    TO = "to"
    CC = "cc"
    SENT = "sent"
    SUBJECT = "subject"
    TITLE = "title"
    AUTHOR = "author"
    CREATED = "created"
    CHANGED = "changed"
    PAGES = "pages"
    SHEETS = "sheets"
    SLIDES = "slides"
    DURATION = "duration"
    """Minutes and seconds, as `2:05`."""
    PIXELS = "pixels"
    ATTACHMENTS = "attachments"
    """Names of the files in a mail, one a line."""
    TEXT = "text"
    """The text, or its beginning, in lines."""


class ProbeFacts(Struct, frozen=True):
    """What opening a file tells.

    `detail` is one short line without paths and control characters, empty where all is well. `pages` is
    empty unless `state` is `ok`. `pixels` is (width, height) of an image as displayed. `has_text` is False
    where no page has a font (a scan), True where text was seen, None where that is not known.
    `active_content` names, sorted, what could act or what hides in the file: "JavaScript", "Launch",
    "EmbeddedFile", "OpenAction", "XFA", "RichMedia", "AcroForm submit", ... `embedded` counts the files inside it.
    `created` is the day a PDF says it was made, `taken` the day a camera says it took the picture: claims of the
    file, which nobody vouches for. `told` is what a file without pages says, in the order to show it; the texts
    are the file's own and may be sensitive: for the packet, never for findings and logs.
    """

    state: ProbeState
    detail: str = ""
    pages: tuple[Page, ...] = ()
    pixels: tuple[int, int] | None = None
    has_text: bool | None = None
    active_content: tuple[str, ...] = ()
    embedded: int = 0
    created: date | None = None
    taken: date | None = None
    told: tuple[tuple[Told, str], ...] = ()
