/* SPDX-License-Identifier: MIT */
#include "checking/file_grade.h"

/* The first three decide most matches, so they weigh most; a file without mother's names can still be an A. */
static const struct {
    const char *name;
    double with_nik, without_nik;
} elements[PD_GRADE_ELEMENTS] = {
    { "nik", 0.35, 0.00 },          { "nama", 0.25, 0.35 },          { "tgl_lahir", 0.15, 0.25 },
    { "tempat_lahir", 0.10, 0.15 }, { "jenis_kelamin", 0.05, 0.10 }, { "nama_ibu", 0.10, 0.15 },
};

const char *pd_grade_element(size_t element)
{
    return elements[element].name;
}

static double readable_share(const struct pd_table *table, const struct pd_file_result *file, const char *name)
{
    const int index = pd_table_find(table, pd_text_of(name));
    uint64_t n = 0;
    if (index < 0 || file->end == file->begin) return 0;
    for (size_t i = file->begin; i < file->end; i++) n += !pd_column_is_null(&table->columns[index], i);
    return (double)n / (double)(file->end - file->begin);
}

static bool has_column(const struct pd_file_result *file, const char *name)
{
    for (size_t i = 0; i < file->n_columns; i++)
        if (pd_text_equal(file->columns[i].name, pd_text_of(name))) return true;
    return false;
}

struct pd_file_grade pd_file_grade(const struct pd_table *table, const struct pd_file_result *file)
{
    static const struct {
        double least;
        char letter;
    } grades[] = { { 0.90, 'A' }, { 0.80, 'B' }, { 0.65, 'C' }, { 0.50, 'D' }, { 0.35, 'E' } };
    struct pd_file_grade grade = { .letter = '-' };
    if (file->status != PADAN_OK) return grade;
    grade.letter = 'F';
    grade.has_nik = has_column(file, "nik");
    double score = 0;
    for (size_t i = 0; i < PD_GRADE_ELEMENTS; i++) {
        grade.share[i] = readable_share(table, file, elements[i].name);
        score += grade.share[i] * (grade.has_nik ? elements[i].with_nik : elements[i].without_nik);
    }
    for (size_t i = sizeof grades / sizeof *grades; i > 0; i--)
        if (score >= grades[i - 1].least - 1e-9) grade.letter = grades[i - 1].letter;
    return grade;
}
