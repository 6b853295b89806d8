CASE WHEN umur <= 6 THEN lower(nama) WHEN umur IN (1, 2, NULL) THEN nik || '-x' ELSE coalesce(first_name, 'it''s') END
