/* SPDX-License-Identifier: MIT
 * Method: nearly all conditions ask for age and sex alone, of which there are few: the answer of each is found once in
 * a chunk of rows. The others are evaluated for every row. */
#include "reconcile/category.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "indonesia/attribute.h"
#include "indonesia/nik.h"
#include "model/row_reader.h"

#include <stdio.h>

enum { CHUNK_ROWS = 16384, ROWS_AHEAD = 16, AGES_MAX = 128, SEXES = 3 };

/* Columns that are computed: numbered behind those of the table. */
enum { COLUMN_AGE, COLUMN_SEX };

/* What a condition that is being bound reads. */
struct binding {
    const struct pd_table *table;
    bool *by_row; /* set when it reads a column of the table */
};

/* A computed column, or -1. */
static int find_computed(const struct pd_table *table, struct pd_text name, enum pd_type *type)
{
    const int n_columns = (int)table->n_columns;
    if (pd_text_equal(name, PD_TEXT("umur"))) {
        *type = PD_TYPE_INT;
        return n_columns + COLUMN_AGE;
    }
    if (pd_text_equal(name, PD_TEXT("jenis_kelamin"))) {
        *type = PD_TYPE_TEXT;
        return n_columns + COLUMN_SEX;
    }
    return -1;
}

static int find_column(const void *context, struct pd_text name, enum pd_type *type)
{
    const struct binding *binding = context;
    const struct pd_table *table = binding->table;
    const int computed = find_computed(table, name, type);
    if (computed >= 0) return computed;
    const struct pd_column_resolver resolver = pd_table_resolver(table);
    *binding->by_row = true;
    return resolver.find(resolver.context, name, type);
}

enum { WHERE_BYTES = 512 };

/* Where a condition stands, for messages. */
static void name_place(const struct pd_job *job, const struct pd_job_eligibility *eligibility, char where[WHERE_BYTES])
{
    (void)snprintf(where, WHERE_BYTES, "%s:%u:%u: category of %.*s", job->path.data, eligibility->category_place.line,
                   eligibility->category_place.column, PD_TEXT_ARGS(job->programs.items[eligibility->program].code));
}

enum padan_status pd_categories_parse(const struct pd_job *job, const struct pd_function_set *functions,
                                      struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < job->n_eligibility && status == PADAN_OK; i++) {
        const struct pd_text category = job->eligibility[i].category;
        struct pd_expression *condition = NULL;
        char where[WHERE_BYTES];
        name_place(job, &job->eligibility[i], where);
        if (category.length > 0)
            status = pd_expression_parse(&arena, category, PD_MODE_ROW, functions, where, &condition, error);
    }
    pd_arena_reset(&arena);
    return status == PADAN_UNSUPPORTED ? PADAN_BAD_ARGUMENT : status;
}

static enum padan_status add_condition(struct pd_categories *categories, size_t index,
                                       const struct pd_function_set *functions, struct padan_error *error)
{
    const struct pd_job *job = categories->job;
    const struct pd_job_eligibility *eligibility = &job->eligibility[index];
    const struct binding binding = { categories->table, &categories->by_row[categories->n_conditions] };
    const struct pd_column_resolver resolver = { find_column, &binding };
    char where[WHERE_BYTES];
    name_place(job, eligibility, where);
    if (categories->n_conditions == PD_CATEGORIES_MAX)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: a job may have at most %d conditions", where, PD_CATEGORIES_MAX);
    struct pd_expression **condition = &categories->conditions[categories->n_conditions];
    enum padan_status status =
        pd_expression_parse(&categories->arena, eligibility->category, PD_MODE_ROW, functions, where, condition, error);
    if (status == PADAN_OK) status = pd_expression_bind(*condition, &resolver, where, error);
    /* What the condition language lacks is a mistake of the job here. */
    if (status == PADAN_UNSUPPORTED) status = PADAN_BAD_ARGUMENT;
    PD_TRY(status);
    if ((*condition)->type != PD_TYPE_BOOL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: it must be a condition, true or false for a row", where);
    categories->of_eligibility[categories->n_conditions++] = (int)index;
    return PADAN_OK;
}

enum padan_status pd_categories_make(struct pd_categories *categories, const struct pd_job *job,
                                     const struct pd_table *table, const struct pd_function_set *functions,
                                     struct padan_error *error)
{
    *categories = (struct pd_categories){ .job = job, .table = table };
    categories->birth_date = pd_table_find(table, PD_TEXT("tgl_lahir"));
    categories->sex = pd_table_find(table, PD_TEXT("jenis_kelamin"));
    categories->nik = pd_table_find(table, PD_TEXT("nik"));
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < job->n_eligibility && status == PADAN_OK; i++)
        if (job->eligibility[i].category.length > 0) status = add_condition(categories, i, functions, error);
    if (status != PADAN_OK) pd_categories_reset(categories);
    return status;
}

int pd_category_of(const struct pd_categories *categories, size_t eligibility)
{
    for (size_t i = 0; i < categories->n_conditions; i++)
        if (categories->of_eligibility[i] == (int)eligibility) return (int)i;
    return -1;
}

/* Whose value of a column counts: the register's, unless it has none. */
static uint32_t teller_of(const struct pd_categories *categories, int column, uint32_t record)
{
    const uint32_t person = categories->person == NULL ? PD_NO_RECORD : categories->person[record];
    if (person == PD_NO_RECORD || pd_column_is_null(&categories->table->columns[column], person)) return record;
    return person;
}

/* Does the person's NIK hold this date? */
static bool is_in_nik(const struct pd_categories *categories, uint32_t person, int64_t birth)
{
    if (categories->nik < 0) return false;
    const uint64_t nik = ((const uint64_t *)categories->table->columns[categories->nik].words)[person] & PD_DIGITS_MASK;
    return nik != 0 && (pd_nik_compare(nik, 0, (int32_t)birth, 0) & PD_NIK_DATE) == 0;
}

/* The register's date, but where the person's NIK and the registry agree on another one: they are two against one. */
static int64_t birth_of(const struct pd_categories *categories, uint32_t record)
{
    const struct pd_column *dates = &categories->table->columns[categories->birth_date];
    const uint32_t person = teller_of(categories, categories->birth_date, record);
    const int64_t birth = pd_column_integer(dates, person);
    if (person == record || birth == PD_NULL_INT) return birth;
    const int64_t other = pd_column_integer(dates, record);
    if (other == birth || other == PD_NULL_INT) return birth;
    return is_in_nik(categories, person, other) && !is_in_nik(categories, person, birth) ? other : birth;
}

static struct pd_value age_of(const struct pd_categories *categories, uint32_t record)
{
    struct pd_value value = { .type = PD_TYPE_INT, .null = true };
    if (categories->birth_date < 0) return value;
    const int64_t birth = birth_of(categories, record);
    if (birth == PD_NULL_INT || birth > categories->job->reference_date) return value;
    value.null = false;
    value.integer = pd_date_age((int32_t)birth, categories->job->reference_date);
    return value;
}

static struct pd_value sex_of(const struct pd_categories *categories, uint32_t record)
{
    struct pd_value value = { .type = PD_TYPE_TEXT, .null = true };
    if (categories->sex < 0) return value;
    record = teller_of(categories, categories->sex, record);
    const uint8_t sex = ((const uint8_t *)categories->table->columns[categories->sex].words)[record];
    if (sex != PD_SEX_MALE && sex != PD_SEX_FEMALE) return value;
    value.null = false;
    value.text = sex == PD_SEX_MALE ? PD_TEXT("L") : PD_TEXT("P");
    return value;
}

static struct pd_value read_value(void *context, unsigned side, int column_index)
{
    struct pd_category_reader *reader = context;
    const int computed = column_index - (int)reader->categories->table->n_columns;
    if (computed == COLUMN_AGE) return age_of(reader->categories, reader->pair.left);
    if (computed == COLUMN_SEX) return sex_of(reader->categories, reader->pair.left);
    return reader->row.read(reader->row.context, side, column_index);
}

void pd_category_reader_open(struct pd_category_reader *reader, const struct pd_categories *categories)
{
    *reader = (struct pd_category_reader){ .categories = categories, .pair = { .table = categories->table } };
    reader->row = pd_pair_row_reader(&reader->pair);
}

struct pd_row_reader pd_category_row_reader(struct pd_category_reader *reader)
{
    return (struct pd_row_reader){ read_value, reader };
}

static int find_any(const void *context, struct pd_text name, enum pd_type *type)
{
    const struct pd_categories *categories = context;
    const int computed = find_computed(categories->table, name, type);
    const struct pd_column_resolver resolver = pd_table_resolver(categories->table);
    return computed >= 0 ? computed : resolver.find(resolver.context, name, type);
}

struct pd_column_resolver pd_category_resolver(const struct pd_categories *categories)
{
    return (struct pd_column_resolver){ find_any, categories };
}

struct evaluation {
    const struct pd_categories *categories;
    size_t begin, end;
    uint32_t *bits;
};

/* One chunk at work. */
struct asking {
    struct pd_category_reader reader;
    struct pd_evaluator evaluator;
    bool any[2]; /* conditions of age and sex; of whole rows */
    struct {
        bool known;
        uint32_t bits;
    } answers[AGES_MAX + 1][SEXES]; /* 0 stands for an unknown age or sex */
};

/* Bits of the conditions of one kind that hold for the reader's record. */
static uint32_t evaluate(struct asking *asking, bool by_row)
{
    const struct pd_categories *categories = asking->reader.categories;
    const struct pd_row_reader row = pd_category_row_reader(&asking->reader);
    uint32_t bits = 0;
    for (size_t i = 0; i < categories->n_conditions; i++)
        if (categories->by_row[i] == by_row &&
            pd_value_is_true(pd_expression_evaluate(categories->conditions[i], &row, &asking->evaluator)))
            bits |= UINT32_C(1) << i;
    pd_evaluator_clear(&asking->evaluator);
    return bits;
}

/* Those of age and sex. */
static uint32_t ask_person(struct asking *asking, uint32_t record)
{
    const struct pd_value age = age_of(asking->reader.categories, record);
    const struct pd_value sex = sex_of(asking->reader.categories, record);
    if (!age.null && (age.integer < 0 || age.integer >= AGES_MAX)) return evaluate(asking, false);
    const size_t a = age.null ? 0 : (size_t)age.integer + 1;
    const size_t s = sex.null ? 0 : sex.text.data[0] == 'L' ? 1 : 2;
    if (!asking->answers[a][s].known) {
        asking->answers[a][s].bits = evaluate(asking, false);
        asking->answers[a][s].known = true;
    }
    return asking->answers[a][s].bits;
}

/* The register's row of a person lies anywhere. */
static void prefetch_person(const struct pd_categories *categories, size_t record)
{
    const uint32_t person = categories->person == NULL ? PD_NO_RECORD : categories->person[record];
    if (person == PD_NO_RECORD) return;
    if (categories->birth_date >= 0) pd_column_prefetch(&categories->table->columns[categories->birth_date], person);
    if (categories->sex >= 0) pd_column_prefetch(&categories->table->columns[categories->sex], person);
}

static enum padan_status evaluate_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct evaluation *evaluation = context;
    const struct pd_categories *categories = evaluation->categories;
    struct asking *asking = NULL;
    const size_t begin = evaluation->begin + chunk * CHUNK_ROWS;
    const size_t end = evaluation->end - begin < CHUNK_ROWS ? evaluation->end : begin + CHUNK_ROWS;
    (void)worker;
    PD_TRY(pd_allocate(&asking, 1, sizeof *asking, error));
    pd_category_reader_open(&asking->reader, categories);
    for (size_t i = 0; i < categories->n_conditions; i++) asking->any[categories->by_row[i]] = true;
    for (size_t record = begin; record < end; record++) {
        if (end - record > ROWS_AHEAD) prefetch_person(categories, record + ROWS_AHEAD);
        asking->reader.pair.left = asking->reader.pair.right = (uint32_t)record;
        uint32_t bits = asking->any[false] ? ask_person(asking, (uint32_t)record) : 0;
        if (asking->any[true]) bits |= evaluate(asking, true);
        evaluation->bits[record - evaluation->begin] = bits;
    }
    const enum padan_status status = asking->evaluator.status;
    pd_evaluator_reset(&asking->evaluator);
    pd_free(asking);
    if (status != PADAN_OK) PD_FAIL(error, status, "not enough memory to evaluate the categories of the job");
    return PADAN_OK;
}

enum padan_status pd_categories_evaluate(const struct pd_categories *categories, size_t begin, size_t end, int threads,
                                         uint32_t *bits, struct padan_error *error)
{
    struct evaluation evaluation = { categories, begin, end, bits };
    return pd_parallel_for((end - begin + CHUNK_ROWS - 1) / CHUNK_ROWS, threads, evaluate_chunk, &evaluation, error);
}

void pd_categories_reset(struct pd_categories *categories)
{
    pd_arena_reset(&categories->arena);
    *categories = (struct pd_categories){ 0 };
}
