/* SPDX-License-Identifier: MIT */
#include "evaluate/error_classes.h"

const char *pd_error_class_words(int error_class)
{
    static const char *const words[] = {
        "",
        "no usable NIK",
        "NIK with one slip",
        "NIK nobody has",
        "NIK of another person",
        "listed or paid twice",
        "wrong or old KK number",
        "KK number as NIK",
        "NIKs of a file rounded",
        "NIK with quotes or blanks",
        "name spelled otherwise",
        "name abbreviated or expanded",
        "title, bin, alm, alias",
        "word missing or swapped",
        "words of name parted or joined",
        "name with a typing slip",
        "no name",
        "birth date 1 July or the like",
        "wrong birth date",
        "NIK of an older date or sex",
        "wrong sex",
        "moved since the list",
        "dead and listed",
        "NIK of an older region code",
        "address written otherwise",
        "members of family missing",
        "not eligible",
        "forbidden beside another",
    };
    const int n = sizeof words / sizeof *words;
    return error_class >= 0 && error_class < n ? words[error_class] : "";
}
