#include "cli/parties.h"

static const char about[] =
    "Says that two people, groups or places are not one, and why. They stay\n"
    "apart whatever attest thinks, and whatever is read later. Where one name\n"
    "stands for several, 'attest show' tells by which pN each document's is\n"
    "called. --undo takes it back.\n"
    "\n"
    "Examples:\n"
    "  attest split p31 from p12 'father and son'\n"
    "  attest split --undo p31 from p12";

int command_split(int argc, char **argv)
{
    return add_ruling(
        argc, argv, RULING_APART,
        "ONE from OTHER WHY... - say that two are not one", about);
}
