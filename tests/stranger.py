"""attest with a converter of the tests' own beside it (hostile_intake.c): of a
document that begins "hostile pages" each paragraph is a page, and a file that
begins "holds" holds others, one a line."""
import pathlib
import shutil

MINUTES = ("hostile pages||Guards beat Ana Ruiz in Port Selm. Soldiers arrested Juan Reyes on Monday.||"
           "They released Juan Reyes in Port Selm.")
ARCHIVE = f"holds\n/minutes {MINUTES}\n/note The mayor was arrested in Port Selm."


def make_stranger(attest, folder):
    """The program in that folder."""
    folder.mkdir()
    shutil.copy(attest, folder / "attest")
    shutil.copy(pathlib.Path(attest).parents[2] / "tests" / "hostile-intake", folder / "attest-intake")
    return folder / "attest"
