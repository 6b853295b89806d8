/* SPDX-License-Identifier: MIT
 * Files of the hard negatives: a register, a roster of the same people with errors, the truth with the kind of pair,
 * the pairs themselves, a job. Rows are shuffled and unique_id is a random permutation in each file. */
#include "base/file.h"
#include "generate/damage.h"
#include "generate/hard_negatives.h"
#include "generate/output.h"
#include "generate/shuffle.h"

#include <stdio.h>

enum { FLUSH_BYTES = 1 << 20, PAIRS_MOST = 10000000, N_FILES = 2 };

static const char *const file_names[N_FILES] = { "kependudukan", "daftar" };

struct writer {
    const struct pd_hard_nation *nation;
    const char *folder;
    struct pd_sink sink;
    struct pd_buffer buffer;
};

static enum padan_status open_file(struct writer *writer, const char *name, const char *header,
                                   struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    writer->sink.descriptor = -1;
    pd_path_join(&path, pd_text_of(writer->folder), pd_text_of(name));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_sink_open(&writer->sink, path.data, error);
    pd_buffer_reset(&path);
    pd_append_string(&writer->buffer, header);
    return status;
}

static enum padan_status flush(struct writer *writer, size_t least, struct padan_error *error)
{
    PD_TRY(pd_buffer_status(&writer->buffer, error));
    if (writer->buffer.length < least) return PADAN_OK;
    PD_TRY(pd_sink_append(&writer->sink, writer->buffer.data, writer->buffer.length, error));
    pd_buffer_clear(&writer->buffer);
    return PADAN_OK;
}

static enum padan_status close_file(struct writer *writer, enum padan_status status, struct padan_error *error)
{
    if (status == PADAN_OK) status = flush(writer, 0, error);
    if (status == PADAN_OK) status = pd_sink_close(&writer->sink, error);
    pd_sink_abandon(&writer->sink);
    pd_buffer_reset(&writer->buffer);
    return status;
}

/* Person -> unique_id less 1 in a file. */
static struct pd_shuffle identity_of(const struct pd_hard_nation *nation, int file)
{
    return pd_shuffle_of(pd_hard_n_people(nation), pd_random_stream(nation->truth.seed, 9000 + (uint64_t)file));
}

static void damage(const struct pd_hard_nation *nation, uint64_t person, int file, struct pd_row *row)
{
    struct pd_random random = pd_random_stream(nation->truth.seed * 4 + 2 + (uint64_t)file, person);
    const uint64_t n = pd_hard_n_people(nation);
    /* The wrong NIK of K2 is that of somebody far away in the file, never of the pair's other. */
    const uint64_t other = (person + n / 2) % n, like = pd_random_below(&random, n);
    const struct pd_damage_context context = {
        .regime = nation->truth.regime,
        .kind = file == 0 ? PD_FILE_REGISTER : PD_FILE_ROSTER_PERSON,
        .other_nik = nation->nik[other],
        .unknown_nik = nation->nik[like] / 10000 * 10000 + 9600 + pd_random_below(&random, 399),
        .old_kk = nation->kk[like] / 10000 * 10000 + 9600 + pd_random_below(&random, 399),
        .reference_day = nation->truth.reference_day,
    };
    pd_damage_row(&context, &random, row);
}

static void append_day(struct pd_buffer *buffer, int32_t day)
{
    if (day == PD_DATE_NONE) return;
    const struct pd_date date = pd_date_to_civil(day);
    pd_append_format(buffer, "%02d-%02d-%04d", date.day, date.month, date.year);
}

static void append_row(struct pd_buffer *buffer, uint64_t unique_id, const struct pd_row *row, bool register_row)
{
    pd_append_u64(buffer, unique_id);
    const struct pd_text texts[] = { pd_text_of(row->nik), pd_text_of(row->kk), pd_name_text(&row->name),
                                     pd_text_of(row->birth_place) };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pd_append_byte(buffer, ',');
        pd_append_csv(buffer, texts[i]);
    }
    pd_append_byte(buffer, ',');
    append_day(buffer, row->birth_day);
    pd_append_format(buffer, ",%.*s,", row->sex == 0 ? 0 : 1, &row->sex);
    pd_append_csv(buffer, pd_name_text(&row->mother));
    pd_append_byte(buffer, ',');
    pd_append_csv(buffer, pd_text_of(row->address));
    const unsigned numbers[] = { row->rt, row->rw };
    for (size_t i = 0; i < 2; i++) {
        pd_append_byte(buffer, ',');
        if (numbers[i] > 0) pd_append_digits(buffer, numbers[i], 3);
    }
    pd_append_byte(buffer, ',');
    if (row->village != 0) pd_append_digits(buffer, row->village, 10);
    pd_append_string(buffer, register_row ? ",HIDUP\n" : "\n");
}

static enum padan_status write_rows(struct writer *writer, int file, struct padan_error *error)
{
    const struct pd_hard_nation *nation = writer->nation;
    const struct pd_shuffle identity = identity_of(nation, file);
    const struct pd_shuffle order =
        pd_shuffle_of(pd_hard_n_people(nation), pd_random_stream(nation->truth.seed, 9100 + (uint64_t)file));
    for (uint64_t i = 0; i < pd_hard_n_people(nation); i++) {
        const uint64_t person = pd_shuffled(&order, i);
        struct pd_row row;
        pd_hard_row(nation, person, &row);
        damage(nation, person, file, &row);
        append_row(&writer->buffer, 1 + pd_shuffled(&identity, person), &row, file == 0);
        PD_TRY(flush(writer, FLUSH_BYTES, error));
    }
    return PADAN_OK;
}

static enum padan_status write_data(struct writer *writer, int file, struct padan_error *error)
{
    char name[32];
    (void)snprintf(name, sizeof name, "%s.csv", file_names[file]);
    enum padan_status status =
        open_file(writer, name,
                  file == 0 ? "unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,alamat,rt,rw,"
                              "kode_desa,status_hidup\n"
                            : "unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,alamat,rt,rw,"
                              "kode_desa\n",
                  error);
    if (status == PADAN_OK) status = write_rows(writer, file, error);
    return close_file(writer, status, error);
}

static void append_errors(struct pd_buffer *buffer, uint32_t errors)
{
    const char *bar = "";
    for (int e = 1; e <= 27; e++) {
        if ((errors & pd_error_bit(e)) == 0) continue;
        pd_append_format(buffer, "%sE%d", bar, e);
        bar = "|";
    }
}

static enum padan_status write_truth_rows(struct writer *writer, int file, struct padan_error *error)
{
    const struct pd_hard_nation *nation = writer->nation;
    const struct pd_shuffle identity = identity_of(nation, file);
    for (uint64_t person = 0; person < pd_hard_n_people(nation); person++) {
        struct pd_household household;
        struct pd_row row;
        (void)pd_hard_household(nation, person, &household);
        pd_hard_row(nation, person, &row);
        damage(nation, person, file, &row);
        pd_append_format(&writer->buffer, "%s,%llu,%llu,%llu,", file_names[file],
                         (unsigned long long)(1 + pd_shuffled(&identity, person)), (unsigned long long)(person + 1),
                         (unsigned long long)(household.number + 1));
        append_errors(&writer->buffer, row.errors);
        pd_append_format(&writer->buffer, ",%s\n", pd_hard_kind_names[pd_hard_kind_of(nation, person)]);
        PD_TRY(flush(writer, FLUSH_BYTES, error));
    }
    return PADAN_OK;
}

static enum padan_status write_truth(struct writer *writer, struct padan_error *error)
{
    enum padan_status status =
        open_file(writer, "truth.csv", "source_dataset,unique_id,entity_id,household_id,errors,kind\n", error);
    for (int file = 0; status == PADAN_OK && file < N_FILES; file++) status = write_truth_rows(writer, file, error);
    return close_file(writer, status, error);
}

static enum padan_status write_pairs(struct writer *writer, struct padan_error *error)
{
    enum padan_status status = open_file(writer, "pasangan_beda.csv", "kind,entity_id_l,entity_id_r\n", error);
    for (uint64_t person = 0; status == PADAN_OK && person < pd_hard_n_people(writer->nation); person += 2) {
        pd_append_format(&writer->buffer, "%s,%llu,%llu\n", pd_hard_kind_names[pd_hard_kind_of(writer->nation, person)],
                         (unsigned long long)(person + 1), (unsigned long long)(person + 2));
        status = flush(writer, FLUSH_BYTES, error);
    }
    return close_file(writer, status, error);
}

static enum padan_status write_job(struct writer *writer, struct padan_error *error)
{
    enum padan_status status = open_file(writer, "job.yaml", "padan: 1\nname: sulit\nreference_date: ", error);
    pd_append_date(&writer->buffer, writer->nation->truth.reference_day);
    pd_append_string(&writer->buffer,
                     "\nout: hasil\nmodel: orang-indonesia\nsources:\n"
                     "  kependudukan: {role: register, path: kependudukan.csv}\n"
                     "  daftar: {role: program, program: PBI-JK, unit: person, period: 2026-11, path: daftar.csv}\n");
    return close_file(writer, status, error);
}

static enum padan_status write_files(struct writer *writer, struct padan_error *error)
{
    for (int file = 0; file < N_FILES; file++) PD_TRY(write_data(writer, file, error));
    PD_TRY(write_truth(writer, error));
    PD_TRY(write_pairs(writer, error));
    return write_job(writer, error);
}

static enum padan_status write_all(const struct pd_hard_nation *nation, const char *out, struct padan_error *error)
{
    struct pd_generated generated;
    PD_TRY(pd_generated_begin(&generated, out, error));
    struct writer writer = { .nation = nation, .folder = generated.folder.data };
    const enum padan_status status = write_files(&writer, error);
    return pd_generated_end(&generated, false, status, error);
}

enum padan_status pd_generate_hard(const struct pd_generate_options *options, struct padan_error *error)
{
    if (options->n_hard_pairs > PAIRS_MOST)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--hard-negatives must be 1 to %d", PAIRS_MOST);
    struct pd_generate_options dense = *options;
    struct pd_hard_nation nation = { 0 };
    dense.n_people = 2 * PD_N_HARD_KINDS * options->n_hard_pairs;
    enum padan_status status = pd_hard_nation_build(&nation, &dense, error);
    if (status == PADAN_OK) status = write_all(&nation, options->out, error);
    pd_hard_nation_reset(&nation);
    return status;
}
