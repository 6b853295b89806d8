/* SPDX-License-Identifier: MIT */
#include "run/inputs.h"

static enum padan_status program_names(const struct pd_job *job, const struct pd_job_source *source,
                                       struct pd_arena *arena, struct pd_input_source *out, struct padan_error *error)
{
    out->name = source->name;
    if (source->role != PD_ROLE_PROGRAM || source->program < 0) return PADAN_OK;
    const struct pd_program *program = &job->programs.items[source->program];
    struct pd_text *names = NULL;
    PD_TRY(pd_arena_allocate(arena, &names, (program->n_aliases + 1) * sizeof *names, error));
    names[0] = program->code;
    for (size_t i = 0; i < program->n_aliases; i++) names[i + 1] = program->aliases[i];
    out->program_names = names;
    out->n_program_names = program->n_aliases + 1;
    return PADAN_OK;
}

static enum padan_status describe_file(const struct pd_job_source *source, const struct pd_job_path *path,
                                       struct pd_arena *arena, struct pd_input_file *file, struct padan_error *error)
{
    struct pd_column_choice *choices = NULL;
    PD_TRY(pd_arena_allocate(arena, &choices, (source->n_columns + 1) * sizeof *choices, error));
    for (size_t i = 0; i < source->n_columns; i++)
        choices[i] = (struct pd_column_choice){ source->columns[i].canonical, source->columns[i].column };
    *file = (struct pd_input_file){ .path = path->path.data,
                                    .name = path->name,
                                    .may_skip = source->skip_bad_file,
                                    .delimiter = source->delimiter,
                                    .header_row = source->header_row,
                                    .choices = choices,
                                    .n_choices = source->n_columns,
                                    .unique_id = source->unique_id,
                                    .n_unique_id = source->n_unique_id };
    if (pd_text_equal(source->encoding, PD_TEXT("utf-8"))) file->charset = PD_CHARSET_UTF8;
    if (pd_text_equal(source->encoding, PD_TEXT("cp1252"))) file->charset = PD_CHARSET_CP1252;
    return PADAN_OK;
}

static struct pd_normalise_file file_options(const struct pd_job_source *source)
{
    static const enum pd_date_order orders[] = { [PD_DATES_AUTO] = PD_DATE_ORDER_UNKNOWN,
                                                 [PD_DATES_DMY] = PD_DATE_ORDER_DAY_MONTH,
                                                 [PD_DATES_MDY] = PD_DATE_ORDER_MONTH_DAY,
                                                 [PD_DATES_YMD] = PD_DATE_ORDER_DAY_MONTH };
    static const enum pd_region_coding codings[] = {
        [PD_CODES_AUTO] = PD_CODING_UNKNOWN, [PD_CODES_DAGRI] = PD_CODING_DAGRI, [PD_CODES_BPS] = PD_CODING_BPS
    };
    return (struct pd_normalise_file){ orders[source->date_order], codings[source->code_system] };
}

static enum padan_status make_room(const struct pd_job *job, struct pd_arena *arena, struct pd_inputs *inputs,
                                   struct padan_error *error)
{
    const size_t n_sources = job->n_sources + 1;
    size_t n_files = 1;
    for (size_t i = 0; i < job->n_sources; i++) n_files += job->sources[i].n_paths;
    PD_TRY(pd_arena_allocate(arena, &inputs->sources, n_sources * sizeof *inputs->sources, error));
    PD_TRY(pd_arena_allocate(arena, &inputs->periods, n_sources * sizeof *inputs->periods, error));
    PD_TRY(pd_arena_allocate(arena, &inputs->files, n_files * sizeof *inputs->files, error));
    return pd_arena_allocate(arena, &inputs->file_options, n_files * sizeof *inputs->file_options, error);
}

enum padan_status pd_inputs_of_job(const struct pd_job *job, struct pd_arena *arena, struct pd_inputs *inputs,
                                   struct padan_error *error)
{
    *inputs = (struct pd_inputs){ .n_sources = job->n_sources };
    PD_TRY(make_room(job, arena, inputs, error));
    for (size_t i = 0; i < job->n_sources; i++) {
        const struct pd_job_source *source = &job->sources[i];
        PD_TRY(program_names(job, source, arena, &inputs->sources[i], error));
        inputs->periods[i] = (struct pd_normalise_source){ source->period.begin, source->period.end };
        for (size_t j = 0; j < source->n_paths; j++) {
            struct pd_input_file *file = &inputs->files[inputs->n_files];
            PD_TRY(describe_file(source, &source->paths[j], arena, file, error));
            file->source = i;
            inputs->file_options[inputs->n_files++] = file_options(source);
        }
    }
    return PADAN_OK;
}
