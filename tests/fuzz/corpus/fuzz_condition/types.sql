TRY_CAST(dob AS DATE) IS NOT NULL AND lat * 2.5e1 / -3 % 7 > 0 AND nama::VARCHAR LIKE 'S%' AND try_strptime(dob, '%Y-%m-%d') = seen AND regexp_extract(nama, '^[A-Z]+', 0) = 'SITI'
