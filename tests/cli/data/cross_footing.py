"""Says where the tables of a run folder do not agree with each other: python3 cross_footing.py RUN [HEADLINE]
HEADLINE: what the run printed. Prints a line per disagreement, nothing where there is none."""
import collections
import csv
import functools
import json
import os
import re
import sys

FOLDER = sys.argv[1]
LEVELS = ['nasional', 'provinsi', 'kabupaten', 'kecamatan', 'desa']


@functools.lru_cache(maxsize=None)
def read(name):
    """Rows of a table; read once, and changed by nobody."""
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def number(text):
    return int(text) if text else 0


def equal(what, a, b):
    if a != b:
        print('%s: %s and %s' % (what, a, b))


def sums(rows, keys, values):
    """{key: [count, sum of each value]}"""
    result = collections.defaultdict(lambda: [0] * (len(values) + 1))
    for row in rows:
        line = result[tuple(row[k] for k in keys)]
        line[0] += 1
        for i, value in enumerate(values):
            line[i + 1] += number(row[value])
    return dict(result)


def nation(rows):
    return [row for row in rows if row['tingkat'] == 'nasional']


def months(period):
    """The months of 2026, 2026-T4, 2026-11 or 2026-07..2026-12."""
    begin, _, end = period.partition('..')

    def bounds(text):
        year, _, part = text.partition('-')
        first = 12 * int(year)
        if part == '':
            return first, first + 12
        if part.startswith('T'):
            return first + 3 * int(part[1:]) - 3, first + 3 * int(part[1:])
        return first + int(part) - 1, first + int(part)
    return bounds(begin)[0], bounds(end or begin)[1]


def check_regions(name, keys, values):
    """Every region is the sum of those below it, tak_dikenal included, and nothing is negative."""
    rows = read(name)
    lines = collections.defaultdict(lambda: [0] * len(values))
    below = collections.defaultdict(lambda: [0] * len(values))
    for row in rows:
        key = tuple(row[k] for k in keys)
        figures = [number(row[v]) for v in values]
        if min(figures) < 0:
            print('%s: negative in %s' % (name, dict(row)))
        if row['tingkat'] == 'grup':
            continue
        level = LEVELS.index(row['tingkat'])
        # What is not known on a level stands below its finest known parent.
        code = row['kode_wilayah']
        own = (level, code) if code != 'tak_dikenal' else (level, 'tak_dikenal')
        lines[(key,) + own] = [a + b for a, b in zip(lines[(key,) + own], figures)]
        if level > 0:
            below[(key, level)] = [a + b for a, b in zip(below[(key, level)], figures)]
    for key in {k[0] for k in lines}:
        for level in range(1, len(LEVELS)):
            equal('%s: %s of %s and the nation' % (name, LEVELS[level], key), below[(key, level)], lines[(key, 0, '')])
    parts_of = collections.defaultdict(list)
    for (key, level, code), figures in lines.items():
        parts_of[key, level - 1, code.rpartition('.')[0]].append(figures)
    for (key, level, code), figures in lines.items():
        if level in (0, 4) or 'tak_dikenal' in code:
            continue
        parts = parts_of[key, level, code]
        equal('%s: parts of %s %s' % (name, code, key), [sum(p) for p in zip(*parts)], figures)


def check_matches():
    """rekap_padan.csv counts the rows of hasil_padan.csv."""
    rows = read('hasil_padan.csv')
    keys = ['source_dataset', 'program', 'periode']
    summary = {tuple(r[k] for k in keys): r for r in nation(read('rekap_padan.csv'))}
    counts = collections.defaultdict(collections.Counter)
    for row in rows:
        key = tuple(row[k] for k in keys)
        of = counts[key]
        of['n'] += 1
        of[row['status_padan'].lower()] += 1
        of[row['kelas']] += 1
        of['tinjau_dtsen' if row['status_dtsen'] == 'TINJAU' else row['status_dtsen'].lower()] += 1
        of['nominal'] += number(row['nominal'])
        of['n_tanpa_nominal'] += row['nominal'] == ''
    equal('rekap_padan.csv: lines', sorted(summary), sorted(counts))
    for key, line in summary.items():
        for name in list(line)[list(line).index('n'):list(line).index('persen_padan')]:
            equal('rekap_padan.csv: %s of %s' % (name, key), number(line[name]), counts[key][name])


def check_findings():
    """Every finding report ties to temuan.csv, by line and by money; a row counts once."""
    findings = read('temuan.csv')
    by_id = {f['id_temuan']: f for f in findings}
    equal('temuan.csv: ids', len(by_id), len(findings))
    told = set()
    for name in ['penerima_tidak_layak.csv', 'tumpang_tindih_larangan.csv']:
        for row in read(name):
            if not row['id_temuan']:
                continue
            finding = by_id.get(row['id_temuan'])
            if finding is None:
                print('%s: %s is not in temuan.csv' % (name, row['id_temuan']))
                continue
            told.add(row['id_temuan'])
            for field in ['keyakinan', 'nominal_temuan']:
                equal('%s: %s of %s' % (name, field, row['id_temuan']), row[field], finding[field])
    groups = sums([f for f in findings if f['id_grup']], ['id_grup'], ['nominal_temuan'])
    duplicates = sums([r for r in read('ganda_dalam_program.csv') if r['pokok'] != '1'], ['id_grup'], ['nominal_lebih'])
    for key, line in groups.items():
        equal('temuan.csv: money of group %s' % key, line[1], duplicates.get(key, [0, 0])[1])
    equal('temuan.csv: findings of no report', [i for i, f in by_id.items() if i not in told and not f['id_grup']], [])
    counted = collections.Counter((f['source_dataset'], f['unique_id']) for f in findings if f['dihitung'] == '1')
    equal('temuan.csv: rows that count twice', [k for k, n in counted.items() if n > 1], [])
    equal('temuan.csv: rows that do not count', {(f['source_dataset'], f['unique_id']) for f in findings} - set(counted), set())
    return [f for f in findings if f['dihitung'] == '1']


def check_headline(counted, text):
    match = re.search(r'^all, each row once +(.*)$', text, re.M)
    if match is None:
        return
    sure = [f for f in counted if f['keyakinan'] == 'pasti']
    figures = [len(sure), len(counted)] + [sum(number(f['nominal_temuan']) for f in part) for part in (sure, counted)]
    equal('the headline and temuan.csv', [int(f.replace('.', '')) for f in match.group(1).split()], figures)


def check_duplicates():
    """rekap_ganda.csv counts the rows of ganda_dalam_program.csv, a group in the period of its first payment that may stay."""
    rows = [dict(row) for row in read('ganda_dalam_program.csv')]
    keys = ['program', 'periode', 'kelas', 'keyakinan']
    kept = {row['id_grup']: row['periode'] for row in reversed(rows) if row['pokok'] == '1'}
    groups = collections.defaultdict(set)
    for row in rows:
        row['periode'] = kept.get(row['id_grup'], row['periode'])
        groups[tuple(row[k] for k in keys)].add(row['id_grup'])
    found = {key: [len(groups[key])] + line for key, line in sums(rows, keys, ['nominal_lebih']).items()}
    summary = {tuple(r[k] for k in keys): [number(r[v]) for v in ('n_grup', 'n_baris', 'nominal_lebih')]
               for r in nation(read('rekap_ganda.csv'))}
    equal('rekap_ganda.csv and its rows', {k: v for k, v in summary.items() if found.get(k) != v}, {})
    equal('rekap_ganda.csv: lines', sorted(summary), sorted(found))


def read_payments(spans):
    """{(level, span, unit): [(first month, end, program, money, amounts that are not said)]} from hasil_padan.csv; None where
    a payment has no period: it is in every span, and overlaps all."""
    bounds = {span: months(span) for span in spans if span}
    payments = collections.defaultdict(list)
    for row in read('hasil_padan.csv'):
        if not row['program'] or row['dibayar'] != '1':
            continue
        if not row['periode']:
            return None
        begin, end = months(row['periode'])
        span = next(s for s, (first, last) in bounds.items() if first <= begin and end <= last)
        payment = (begin, end, row['program'], number(row['nominal']), int(row['nominal'] == ''))
        payments['ORANG', span, row['cluster_id']].append(payment)
        payments['KELUARGA', span, row['household_cluster_id']].append(payment)
    return payments


def meeting(payments, others):
    """Payments that overlap any of the others."""
    return [p for p in payments if any(p[0] < o[1] and o[0] < p[1] for o in others)]


def check_pairs(matrix, payments):
    """Two programs: units, rupiah and unknown amounts of their payments that overlap, over all verdicts."""
    if payments is None:
        return
    order = {m['program_a']: i for i, m in enumerate(m for m in matrix if m['program_a'] == m['program_b'])}
    found = collections.defaultdict(lambda: [0] * 5)
    for (level, span, _), paid in payments.items():
        of = collections.defaultdict(list)
        for payment in paid:
            of[payment[2]].append(payment)
        programs = sorted(of, key=order.get)
        for i, a in enumerate(programs):
            for b in programs[i + 1:]:
                sides = meeting(of[a], of[b]), meeting(of[b], of[a])
                if sides[0]:
                    cell = found[level, span, a, b]
                    cell[0] += 1
                    for k, side in enumerate(sides):
                        cell[1 + k] += sum(p[3] for p in side)
                        cell[3 + k] += sum(p[4] for p in side)
    told = sums([m for m in matrix if m['program_a'] != m['program_b']], ['tingkat', 'periode', 'program_a', 'program_b'],
                ['n', 'nominal_a', 'nominal_b', 'n_tanpa_nominal_a', 'n_tanpa_nominal_b'])
    told = {key: line[1:] for key, line in told.items() if line[1]}
    for key in sorted(set(told) | set(found)):
        equal('matriks: %s' % (key,), told.get(key), found.get(key))


def check_sets(payments):
    """Exclusive sets: a unit once, under the most programs that paid it in one month, of several such those of most money,
    then the earliest."""
    if payments is None:
        return
    found = collections.defaultdict(lambda: [0] * 4)
    for (level, span, _), paid in payments.items():
        money = collections.Counter()
        for payment in paid:
            money[payment[2]] += payment[3]

        def worth(month):
            programs = {p[2] for p in paid if p[0] <= month < p[1]}
            return len(programs), sum(money[p] for p in programs), -month
        first = -max(worth(p[0]) for p in paid)[2]
        programs = frozenset(p[2] for p in paid if p[0] <= first < p[1])
        line = found[level, span, programs]
        at_once = sum(money[p] for p in programs)
        for i, value in enumerate([1, at_once, sum(p[4] for p in paid), sum(money.values()) - at_once]):
            line[i] += value
    told = {}
    for row in read('tumpang_tindih_kombinasi.csv'):
        programs = frozenset(row['kombinasi'].split('+'))
        equal('kombinasi: programs of %s' % row['kombinasi'], number(row['n_program']), len(programs))
        told[row['tingkat'], row['periode'], programs] = [
            number(row[k]) for k in ('n', 'nominal', 'n_tanpa_nominal', 'nominal_lain')]
    for key in set(told) | set(found):
        equal('kombinasi: %s %s %s' % (key[0], key[1], '+'.join(sorted(key[2]))), told.get(key), found.get(key))


def check_forbidden(matrix):
    """People and families of the list, by pair of programs, are those of the cells with a verdict against it. A family may be
    listed by a rule about one person alone."""
    people, families, by_family = (collections.defaultdict(set) for _ in range(3))
    for row in read('tumpang_tindih_larangan.csv'):
        if row['keyakinan'] != 'pasti':
            continue
        span = next((m['periode'] for m in matrix if not m['periode'] or (
            months(m['periode'])[0] <= 12 * int(row['irisan_mulai'][:4] or 0) + int(row['irisan_mulai'][5:7] or 1) - 1
            < months(m['periode'])[1])), None)
        key = (span, frozenset((row['program_a'], row['program_b'])))
        if row['hubungan'] == 'ORANG_SAMA':
            people[key].add(row['cluster_id'])
        families[key].add(row['household_cluster_id'])
        if row['tingkat'] == 'KELUARGA':
            by_family[key].add(row['household_cluster_id'])
    cells = collections.Counter()
    for m in matrix:
        if m['vonis'] in ('DILARANG', 'PERIKSA'):
            cells[m['tingkat'], m['periode'], frozenset((m['program_a'], m['program_b']))] += number(m['n'])
    for span, pair in {key[1:] for key in cells} | set(families):
        name, key = '%s %s' % (span, '+'.join(sorted(pair))), (span, pair)
        equal('matriks and larangan: people of %s' % name, cells['ORANG', span, pair], len(people[key]))
        n = cells['KELUARGA', span, pair]
        if not len(by_family[key]) <= n <= len(families[key]):
            print('matriks and larangan: families of %s: %d and %d to %d' % (
                name, n, len(by_family[key]), len(families[key])))


def check_overlaps():
    """A program's own cell of the matrix is its units in hasil_padan.csv; forbidden pairs have a cell with the verdict."""
    matrix = read('tumpang_tindih_matriks.csv')
    units = collections.defaultdict(set)
    for row in read('hasil_padan.csv'):
        if row['program'] and row['dibayar'] == '1':
            for level, unit in (('ORANG', 'cluster_id'), ('KELUARGA', 'household_cluster_id')):
                units[(level, row['periode'], row['program'])].add(row[unit])
    own = {(m['tingkat'], m['periode'], m['program_a']): m for m in matrix if m['program_a'] == m['program_b']}
    periods = collections.defaultdict(list)
    for (level, period, program), members in units.items():
        periods[level, program].append((months(period), members))
    for key, line in own.items():
        # The period of a line is a span of payments that overlap.
        begin, end = months(key[1])
        paid = set()
        for (first, last), members in periods[key[0], key[2]]:
            if begin <= first and last <= end:
                paid |= members
        equal('matriks: %s' % (key,), number(line['n']), len(paid))
        equal('matriks: n_a of %s' % (key,), line['n_a'], line['n'])
    verdicts = {(m['program_a'], m['program_b'], m['id_aturan'], m['vonis']) for m in matrix}
    verdicts |= {(b, a, rule, verdict) for a, b, rule, verdict in verdicts}
    for row in read('tumpang_tindih_larangan.csv'):
        key = (row['program_a'], row['program_b'], row['id_aturan'], row['vonis'])
        if key not in verdicts:
            print('larangan: %s has no cell of the matrix' % (key,))
    payments = read_payments(sorted({m['periode'] for m in matrix}))
    check_pairs(matrix, payments)
    check_sets(payments)
    check_forbidden(matrix)


def check_targeting():
    """galat_sasaran.csv in itself and against cakupan_desil.csv, on every line."""
    wil = ['tingkat', 'kode_wilayah', 'nama_wilayah', 'program', 'satuan', 'periode', 'versi_dtsen']
    errors = {tuple(r[k] for k in wil): r for r in read('galat_sasaran.csv')}
    deciles = sums(read('cakupan_desil.csv'), wil, ['n_unit', 'penerima'])
    for key, r in errors.items():
        n = {k: number(v) for k, v in r.items() if re.fullmatch(r'-?\d+', v or '')}
        get = lambda name: n.get(name, 0)
        equal('galat: penerima of %s' % (key,), get('penerima'), sum(get(k) for k in (
            'penerima_sasaran', 'penerima_bukan_sasaran', 'tidak_terdaftar', 'tinjau', 'tanpa_desil')))
        equal('galat: sasaran of %s' % (key,), get('sasaran'), get('penerima_sasaran') + get('sasaran_tidak_menerima'))
        line = deciles.get(key, [0, 0, 0])
        equal('galat and cakupan: populasi of %s' % (key,), get('populasi'), line[1])
        certain = get('penerima_sasaran') + get('penerima_bukan_sasaran') + get('tanpa_desil')
        # Those of whom only the condition is tinjau are recipients of their decile.
        if not certain <= line[2] <= certain + get('tinjau'):
            print('galat and cakupan: penerima of %s: %d to %d and %d' % (key, certain, certain + get('tinjau'), line[2]))
        if r['kuota']:
            target = min(get('sasaran'), get('kuota'))
            equal('galat: ee_terkoreksi_n of %s' % (key,), get('ee_terkoreksi_n'), max(0, target - get('penerima_sasaran')))


def check_families():
    """cakupan_keluarga.csv has every payment once."""
    paid = [r for r in read('hasil_padan.csv') if r['program'] and r['dibayar'] == '1']
    families = read('cakupan_keluarga.csv')
    equal('cakupan_keluarga.csv: money', sum(number(f['total_nominal']) for f in families),
          sum(number(r['nominal']) for r in paid))
    equal('cakupan_keluarga.csv: families', sorted(f['household_cluster_id'] for f in families),
          sorted({r['household_cluster_id'] for r in paid}))


def check_rows():
    """Rows in = rows accepted + rejected; each accepted one is in klaster.csv, each rejected one in ditolak.csv."""
    files = read('ringkasan_pemuatan.csv')
    for f in files:
        equal('%s: rows' % f['berkas'], number(f['baris_dibaca']), number(f['diterima']) + number(f['ditolak']))
    equal('profil_nik.csv: rows', [number(f['n']) for f in nation(read('profil_nik.csv'))],
          [number(f['diterima']) for f in files])
    equal('klaster.csv: rows', len(read('klaster.csv')), sum(number(f['diterima']) for f in files))
    equal('ditolak.csv: rows', len(read('ditolak.csv')), sum(number(f['ditolak']) for f in files))


def check_order():
    """Tables of rows stand in the order of sources and rows, as klaster.csv does; pairs by their left row, then their right."""
    place = {(r['source_dataset'], r['unique_id']): i for i, r in enumerate(read('klaster.csv'))}
    for name, ends in [('hasil_padan.csv', ['']), ('penerima_tidak_layak.csv', ['']), ('perbaikan_data.csv', ['']),
                       ('temuan.csv', ['']), ('tinjauan_manual.csv', ['', '_acuan']),
                       ('tumpang_tindih_larangan.csv', ['_a', '_b']), ('pasangan.csv', ['_l', '_r'])]:
        found = [tuple(place[r['source_dataset' + end], r['unique_id' + end]] for end in ends) for r in read(name)]
        equal('%s: rows out of order' % name, sum(b < a for a, b in zip(found, found[1:])), 0)


def check_page(counted):
    """laporan.html has the figures of the tables, and names none that is not there."""
    with open(os.path.join(FOLDER, 'laporan.html'), encoding='utf-8') as file:
        data = json.loads(re.search(r'id="data">(.*?)</script>', file.read(), re.S).group(1))
    keys = ['jenis', 'kriteria', 'program']
    shown = collections.Counter()
    for line in data['temuan']:
        key = tuple(line[k] for k in keys) + ('pasti' if line['pasti'] else 'tinjau',)
        shown[key + ('n',)] += line['dihitung']
        shown[key + ('Rp',)] += line['nominal_dihitung']
    found = collections.Counter()
    for f in counted:
        key = tuple(f[k] for k in keys) + (f['keyakinan'],)
        found[key + ('n',)] += 1
        found[key + ('Rp',)] += number(f['nominal_temuan'])
    equal('laporan.html: findings', +shown, +found)
    if data['perubahan'] is not None:
        equal('laporan.html: changes', {k: n for k, n in data['perubahan'].items() if n},
              dict(collections.Counter(r['jenis'] for r in read('perubahan.csv'))))
    for name in data['tabel']:
        equal('laporan.html: %s' % name, os.path.exists(os.path.join(FOLDER, name)), True)
    for name, _ in data['tidak_ada']:
        equal('laporan.html: missing %s' % name, os.path.exists(os.path.join(FOLDER, name)), False)


def main():
    check_regions('rekap_padan.csv', ['source_dataset', 'program', 'periode'], [
        'n', 'padan', 'padan_sebagian', 'tidak_ditemukan', 'meninggal', 'nonaktif', 'ganda_dukcapil', 'format_salah',
        'otomatis', 'tinjau', 'tidak_padan', 'terdaftar', 'tinjau_dtsen', 'tidak_terdaftar', 'nominal', 'n_tanpa_nominal'])
    check_regions('rekap_ganda.csv', ['program', 'periode', 'kelas', 'keyakinan'], [
        'n_grup', 'n_baris', 'n_baris_lebih', 'nominal_lebih', 'n_tanpa_nominal'])
    check_regions('galat_sasaran.csv', ['program', 'periode'], [
        'populasi', 'sasaran', 'penerima_baris', 'penerima', 'penerima_sasaran', 'penerima_bukan_sasaran',
        'tidak_terdaftar', 'tinjau', 'tanpa_desil', 'sasaran_tidak_menerima', 'nominal_bukan_sasaran',
        'nominal_tak_tertaut', 'n_tanpa_nominal'])
    check_regions('cakupan_desil.csv', ['program', 'periode', 'desil'], ['n_unit', 'penerima', 'nominal', 'n_tanpa_nominal'])
    check_regions('profil_nik.csv', ['berkas', 'source_dataset'], [
        'n', 'kosong', 'format_salah', 'dummy', 'ilmiah', 'bulat', 'prov_tak_dikenal', 'kode_lama', 'beda_jk', 'beda_tgl',
        'ganda', 'sama_dengan_kk', 'layak'])
    check_matches()
    check_duplicates()
    check_overlaps()
    check_targeting()
    check_families()
    check_rows()
    check_order()
    counted = check_findings()
    check_page(counted)
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding='utf-8') as file:
            check_headline(counted, file.read())


main()
