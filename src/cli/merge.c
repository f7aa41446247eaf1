#include "cli/parties.h"

static const char about[] =
    "Says that two people, groups or places are one, and why. Your word holds\n"
    "whatever attest thinks, and whatever is read later; the newest word on\n"
    "two holds. Nothing is changed in what was read, and --undo takes it "
    "back.\n"
    "\n"
    "Examples:\n"
    "  attest merge p12 p31 'one passport number'\n"
    "  attest merge 'Teodor Brask' 'Theodor Brasc' a misprint --by ana\n"
    "  attest merge --undo p12 p31";

int command_merge(int argc, char **argv)
{
    return add_ruling(
        argc, argv, RULING_SAME, "ONE OTHER WHY... - say that two are one",
        about);
}
