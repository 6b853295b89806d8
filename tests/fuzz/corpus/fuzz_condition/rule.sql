l.nama = r.nama AND substr(l.nik, 1, 6) = substr(r.nik, 1, 6) AND (l."umur" < 65 OR NOT r.alive) AND l.nik <> ''
