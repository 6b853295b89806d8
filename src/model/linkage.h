/* SPDX-License-Identifier: MIT
 * What a run knows about every row once it is linked: which person and family it is, in which class, and how the
 * register and the registry answered. Computed by reconcile/, read by report/. */
#ifndef PD_MODEL_LINKAGE_H
#define PD_MODEL_LINKAGE_H

#include "model/alternative.h"
#include "model/pair.h"
#include "table/table.h"

#define PD_NO_RECORD UINT32_MAX
#define PD_NO_EDGE UINT32_MAX

/* status_padan, strongest first (CONTRACT 3). */
enum pd_match_status {
    PD_STATUS_MENINGGAL,
    PD_STATUS_GANDA_DUKCAPIL,
    PD_STATUS_NONAKTIF,
    PD_STATUS_PADAN,
    PD_STATUS_PADAN_SEBAGIAN,
    PD_STATUS_FORMAT_SALAH,
    PD_STATUS_TIDAK_DITEMUKAN,
    PD_STATUS_COUNT
};

/* The answer of a lookup of the NIK alone, as the population office gives it. */
enum pd_nik_code {
    PD_NIK_CODE_FOUND = 0,
    PD_NIK_CODE_DEAD = 11,
    PD_NIK_CODE_DUPLICATE = 12,
    PD_NIK_CODE_NOT_FOUND = 13,
    PD_NIK_CODE_INACTIVE = 14,
    PD_NIK_CODE_FORMAT = 15,
};

/* cara_padan: by what the row was linked to the register. */
enum pd_match_method {
    PD_METHOD_NIK,
    PD_METHOD_NIK_TYPO,
    PD_METHOD_NIK_15,
    PD_METHOD_KK_NAMA,
    PD_METHOD_NAMA_TGL,
    PD_METHOD_TIDAK
};

/* Two candidates in the register whose weights are nearer than this are tied ("seri", DOMAIN 9.4). */
enum { PD_TIE_BITS = 2 };

enum pd_registry_state { PD_REGISTRY_TERDAFTAR, PD_REGISTRY_TINJAU, PD_REGISTRY_TIDAK_TERDAFTAR };

/* One row that is not the register's. */
struct pd_row_link {
    pd_weight margin;       /* weight minus that of the second candidate in the register; INT64_MAX without a second */
    pd_weight weight;       /* of register_edge, as its pass and decision: edges lie anywhere */
    uint32_t register_edge; /* strongest edge to the register, PD_NO_EDGE when none */
    uint32_t register_record; /* the register's row at the other end: the person (class automatic) or a candidate */
    uint32_t registry_record; /* likewise in the registry */
    uint16_t n_candidates;    /* register rows at or over the review threshold */
    uint16_t name_score;      /* thousandths, of the row against register_record; UINT16_MAX when a name is missing */
    uint8_t class;            /* enum pd_class of the link to the register */
    uint8_t status;           /* enum pd_match_status */
    uint8_t method;           /* enum pd_match_method */
    uint8_t nik_code;         /* enum pd_nik_code */
    uint8_t registry_state;   /* enum pd_registry_state */
    bool vague;               /* not linked, and nobody of the register is likelier than others are */
    uint8_t pass, decision;   /* of register_edge, 0 without one */
};

/* A row of the register is its own person, by class automatic; the rest is told of it in two bytes, since a large
 * register has many rows and small rosters. */
struct pd_person_link {
    uint8_t status;         /* enum pd_match_status */
    uint8_t registry_state; /* enum pd_registry_state */
};

/* Columns of the normalised table by meaning; -1 when the data has none. */
struct pd_person_columns {
    int unique_id, nik, nik_longgar, bendera_nik, no_kk, nama, bendera_nama, nama_ibu, tgl_lahir, tgl_tumpuk,
        jenis_kelamin, tempat_lahir, hub_keluarga, alamat, rt, rw, kode_desa, kode_kecamatan, kode_kabupaten,
        kode_provinsi, desil, nominal, mulai, selesai, status_salur, status_hidup, tgl_meninggal;
};

struct pd_registry;

struct pd_linkage {
    const struct pd_table *table;
    const struct pd_model *model;
    const struct pd_edges *edges;
    struct pd_person_columns columns;
    int register_source;                        /* index, -1 when the job has none */
    const struct pd_registry *registry;         /* its versions and which source is of which (model/registry.h) */
    struct pd_row_link *links;                  /* of all rows but the register's: pd_link_of */
    struct pd_person_link *persons;             /* of the register's rows: pd_person_of */
    size_t register_begin, register_end;        /* the register's rows; none without a register */
    size_t registry_begin, registry_end;        /* from the first row of any version of the registry to the last */
    const uint32_t *cluster;                    /* [n_records] representative row of the person */
    const uint32_t *cluster_size;               /* [n_records] */
    const uint32_t *anchor;                     /* [n_records] register row in the cluster, PD_NO_RECORD when none */
    const uint32_t *likely;                     /* [n_records] representative row of the likely person */
    const struct pd_alternatives *alternatives; /* whom else it may be */
    uint32_t *household;                        /* [n_records] representative row of the family */
    uint32_t *nik_owner;       /* [n_records] register row with exactly this NIK (the first), PD_NO_RECORD when none */
    uint16_t *pair_name_score; /* [n_edges] thousandths, for edges of class review; else UINT16_MAX */
    uint32_t *edge_begins;     /* [n_records + 1] */
    uint32_t *edges_of;        /* edges that touch record r: edges_of[edge_begins[r] .. edge_begins[r + 1]) */
};

/* The link of a row that is not the register's. */
static inline struct pd_row_link *pd_link_of(const struct pd_linkage *linkage, size_t row)
{
    const size_t before = row < linkage->register_begin ? 0 : linkage->register_end - linkage->register_begin;
    return &linkage->links[row - before];
}
static inline bool pd_is_person(const struct pd_linkage *linkage, size_t row)
{
    return row >= linkage->register_begin && row < linkage->register_end;
}
/* False of rows that are of no version of the registry: what source a row is of lies anywhere. */
static inline bool pd_may_be_listed(const struct pd_linkage *linkage, size_t row)
{
    return row >= linkage->registry_begin && row < linkage->registry_end;
}
/* What is told of a row of the register. */
static inline struct pd_person_link *pd_person_of(const struct pd_linkage *linkage, size_t row)
{
    return &linkage->persons[row - linkage->register_begin];
}

#endif
