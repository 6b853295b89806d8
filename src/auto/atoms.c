/* SPDX-License-Identifier: MIT */
#include "auto/atoms.h"

enum { ATOMS_PER_COLUMN = 5 };

struct atom_form {
    enum pd_atom_kind kind;
    const char *template;
};

static const struct atom_form name_atoms[] = {
    { PD_ATOM_WHOLE, "{x}" }, { PD_ATOM_BEGIN, "left({x},3)" }, { PD_ATOM_END, "right({x},4)" }, { PD_ATOM_WHOLE, NULL }
};
static const struct atom_form text_atoms[] = { { PD_ATOM_WHOLE, "{x}" },
                                               { PD_ATOM_BEGIN, "left({x},6)" },
                                               { PD_ATOM_END, "right({x},6)" },
                                               { PD_ATOM_WORD, "nullif(split_part({x},' ',2),'')" },
                                               { PD_ATOM_WORD, "nullif(regexp_extract({x},'[^ ]{6,}'),'')" } };
static const struct atom_form code_atoms[] = {
    { PD_ATOM_WHOLE, "{x}" }, { PD_ATOM_BEGIN, "left({x},4)" }, { PD_ATOM_END, "right({x},4)" }, { PD_ATOM_WHOLE, NULL }
};
static const struct atom_form email_atoms[] = { { PD_ATOM_WHOLE, "{x}" },
                                                { PD_ATOM_BEGIN, "left({x},5)" },
                                                { PD_ATOM_END, "split_part({x},'@',2)" },
                                                { PD_ATOM_WHOLE, NULL } };
/* What initials and names have in common. */
static const struct atom_form initial_atom[] = { { PD_ATOM_BEGIN, "left({x},1)" }, { PD_ATOM_WHOLE, NULL } };
static const struct atom_form whole_atom[] = { { PD_ATOM_WHOLE, "{x}" }, { PD_ATOM_WHOLE, NULL } };
/* Cells of a scale, and cells half a cell apart: neighbours lie in one of either. */
static const struct atom_form scale_atoms[] = { { PD_ATOM_BEGIN, "floor({x} / {s:0.02})" },
                                                { PD_ATOM_END, "floor({x} / {s:0.02} + 0.5)" },
                                                { PD_ATOM_WHOLE, NULL } };

static const struct atom_form *forms_of(const struct pd_profile *profile)
{
    switch (profile->kind) {
    case PD_KIND_NAME: return pd_profile_mixes_initials(profile) ? initial_atom : name_atoms;
    case PD_KIND_TEXT: return text_atoms;
    case PD_KIND_DATE: return code_atoms;
    case PD_KIND_CODE: return profile->mean_length < 6 ? whole_atom : code_atoms;
    case PD_KIND_EMAIL: return email_atoms;
    case PD_KIND_NUMBER:
        if (profile->spread > 0) return scale_atoms;
        return profile->fractions > .2 ? NULL : whole_atom;
    case PD_KIND_SEX:
    case PD_KIND_CATEGORY: return whole_atom;
    case PD_KIND_ROW:
    case PD_KIND_ROW_NUMBERS:
    case PD_KIND_LEFT_OUT: break;
    }
    return NULL;
}

static double fill_of(const struct pd_table *table, int column)
{
    size_t n = 0;
    for (size_t i = 0; i < table->n_records; i++) n += !pd_column_is_null(&table->columns[column], i);
    return table->n_records == 0 ? 0 : (double)n / (double)table->n_records;
}

enum padan_status pd_atoms_make(const struct pd_auto_data *data, const struct pd_profiles *profiles,
                                struct pd_arena *arena, struct pd_atoms *atoms, struct padan_error *error)
{
    *atoms = (struct pd_atoms){ 0 };
    PD_TRY(pd_arena_allocate(arena, &atoms->list, (profiles->n_columns + 1) * ATOMS_PER_COLUMN * sizeof *atoms->list,
                             error));
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile plain = pd_profile_plain(&profiles->columns[i]);
        const struct atom_form *forms = forms_of(&plain);
        for (size_t j = 0; forms != NULL && j < ATOMS_PER_COLUMN && forms[j].template != NULL; j++) {
            struct pd_atom *atom = &atoms->list[atoms->n++];
            *atom = (struct pd_atom){ .part = { i, forms[j].kind }, .template = forms[j].template };
            PD_TRY(pd_auto_derive(data, atom->template, &plain, &atom->column, error));
            atom->fill = fill_of(data->table, atom->column);
        }
    }
    return PADAN_OK;
}
