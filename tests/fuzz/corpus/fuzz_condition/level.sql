jaro_winkler_similarity(nama_l, nama_r) >= 0.92 OR levenshtein(nik_l, nik_r) <= 1 OR abs(date_diff('day', born_l, born_r)) <= 30
