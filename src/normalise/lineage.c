/* SPDX-License-Identifier: MIT */
#include "normalise/lineage.h"

#include <stddef.h>

struct line {
    const char *column, *origin;
};

static const struct line lines[] = {
    { "nik", "nik" },
    { "nik_longgar", "nik" },
    { "nik15", "nik" },
    { "bendera_nik", "nik" },
    { "asli_nik", "nik" },
    { "nama", "nama" },
    { "nama_kunci", "nama" },
    { "nama_gabung", "nama" },
    { "nama_depan", "nama" },
    { "nama_belakang", "nama" },
    { "nama_alias", "nama" },
    { "nama_ayah", "nama" },
    { "bendera_nama", "nama" },
    { "asli_nama", "nama" },
    { "nama_ibu", "nama_ibu" },
    { "nama_ibu_kunci", "nama_ibu" },
    { "asli_nama_ibu", "nama_ibu" },
    { "tgl_lahir", "tgl_lahir" },
    { "tgl_lahir_lain", "tgl_lahir" },
    { "tahun_lahir", "tgl_lahir" },
    { "tgl_tumpuk", "tgl_lahir" },
    { "asli_tgl_lahir", "tgl_lahir" },
    { "kode_desa", "kode_desa" },
    { "kode_kecamatan", "kode_desa" },
    { "kode_kabupaten", "kode_desa" },
    { "kode_provinsi", "kode_desa" },
    { "alamat", "alamat" },
    { "rt", "alamat" },
    { "rw", "alamat" },
    { "asli_alamat", "alamat" },
    { "no_kk", "no_kk" },
    { "asli_no_kk", "no_kk" },
};

struct pd_text pd_normalise_origin(struct pd_text column)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (pd_text_equal(column, pd_text_of(lines[i].column))) return pd_text_of(lines[i].origin);
    return PD_TEXT("");
}
