-- Keys of SIREN and SIRET: Luhn's, except the establishments of La Poste (SIREN 356000000), whose digits sum to a multiple of 5.
CREATE MACRO digit(n, place) AS (n // place) % 10;
CREATE MACRO twice(d) AS CASE WHEN d > 4 THEN 2 * d - 9 ELSE 2 * d END;
CREATE MACRO luhn9(n) AS (digit(n, 1) + twice(digit(n, 10)) + digit(n, 100) + twice(digit(n, 1000)) + digit(n, 10000)
    + twice(digit(n, 100000)) + digit(n, 1000000) + twice(digit(n, 10000000)) + digit(n, 100000000)) % 10 = 0;
CREATE MACRO luhn14(n) AS (digit(n, 1) + twice(digit(n, 10)) + digit(n, 100) + twice(digit(n, 1000)) + digit(n, 10000)
    + twice(digit(n, 100000)) + digit(n, 1000000) + twice(digit(n, 10000000)) + digit(n, 100000000) + twice(digit(n, 1000000000))
    + digit(n, 10000000000) + twice(digit(n, 100000000000)) + digit(n, 1000000000000) + twice(digit(n, 10000000000000))) % 10 = 0;
CREATE MACRO laposte(n) AS (14 + digit(n, 1) + digit(n, 10) + digit(n, 100) + digit(n, 1000) + digit(n, 10000)) % 5 = 0;
CREATE MACRO is_proved(n) AS CASE WHEN n // 100000 = 356000000 THEN laposte(n) OR luhn14(n) ELSE luhn14(n) AND luhn9(n // 100000) END;

CREATE MACRO unfolded(t) AS CASE
    WHEN length(regexp_extract(t, '^[0-9][.,]?([0-9]*)', 1)) = TRY_CAST(regexp_extract(t, '[eE][+]?([0-9]+)$', 1) AS INTEGER)
    THEN lpad(regexp_replace(regexp_extract(t, '^([0-9.,]+)', 1), '[.,]', ''), 14, '0') END;
-- A pattern, not a list: DuckDB would turn a long list into a join that every row goes through.
CREATE MACRO is_absent(t) AS regexp_full_match(lower(trim(t)), 'nan|nc|n/c|null|none|na|n/a|inconnu|non communiqué|-|\?');

-- The reading that a text of identifier suggests: 14 digits, without spaces, with the zeros and the digits that a spreadsheet took away.
CREATE MACRO shape_of_id(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN regexp_full_match(t, '[0-9]{14}') THEN 'digits'
    WHEN regexp_full_match(t, '[0-9]{9}') THEN 'siren'
    WHEN regexp_full_match(t, '[0-9]{12,13}') THEN 'short'
    WHEN regexp_full_match(t, '[0-9]{12,14}[.,]0+') THEN 'decimal'
    WHEN regexp_full_match(t, '[0-9]([.,][0-9]+)?[eE][+]?[0-9]{1,2}') THEN 'scientific'
    WHEN regexp_full_match(t, '[A-Z]{2}[0-9A-Z]{7,13}') THEN 'foreign'
    WHEN is_absent(t) THEN 'absent'
    WHEN regexp_full_match(t, '([\s\x{00a0}\x{202f}._-]*[0-9]){14}[\s\x{00a0}\x{202f}._-]*') THEN 'spaced'
    ELSE 'other' END;
CREATE MACRO read_id(t, shape) AS CASE shape
    WHEN 'digits' THEN t
    WHEN 'siren' THEN t
    WHEN 'short' THEN lpad(t, 14, '0')
    WHEN 'decimal' THEN lpad(regexp_extract(t, '^[0-9]+'), 14, '0')
    WHEN 'scientific' THEN unfolded(t)
    WHEN 'spaced' THEN regexp_replace(t, '[^0-9]', '', 'g') END;

CREATE MACRO shape_of_day(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN CASE WHEN left(t, 4) BETWEEN '1980' AND '2079' THEN 'day' ELSE 'far' END
    WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?') THEN 'zoned'
    WHEN regexp_full_match(t, '[0-9]{2}/[0-9]{2}/[0-9]{4}') THEN 'french'
    WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}') THEN 'unpadded'
    WHEN is_absent(t) THEN 'absent'
    ELSE 'other' END;

-- Euros: "1870.00" is plain; "1,870.00 ", "(1 870,50 €)" are dressed; "$1,870.00" is in dollars, or is not; "1,870" alone stays unread: it has two readings.
CREATE MACRO undressed(t) AS regexp_replace(regexp_replace(t, '[\s\x{00a0}\x{202f}€]|EUR', '', 'g'), '^\((.*)\)$', '-\1');
CREATE MACRO shape_of_money(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN regexp_full_match(t, '-?[0-9]{1,12}([.][0-9]{1,2}0*)?') THEN CASE
        WHEN starts_with(t, '-') THEN 'negative'
        WHEN TRY_CAST(t AS DOUBLE) = 0 THEN 'zero'
        WHEN TRY_CAST(t AS DOUBLE) <= 1 THEN 'symbolic'
        WHEN TRY_CAST(t AS DOUBLE) > 100000000 THEN 'huge'
        ELSE 'plain' END
    WHEN is_absent(t) THEN 'absent'
    WHEN contains(t, '$') THEN 'dollars'
    WHEN abs(TRY_CAST(t AS DOUBLE)) >= 1e12 THEN 'impossible'
    WHEN regexp_full_match(t, '-?[0-9]{1,12}[.][0-9]{3,}') THEN 'fine'
    WHEN regexp_full_match(t, '-?[0-9]+([.][0-9]+)?[eE][+-]?[0-9]{1,2}') THEN 'scientific'
    WHEN regexp_full_match(undressed(t), '-?[0-9]{1,3}(,[0-9]{3})*[.][0-9]{1,2}') THEN 'english'
    WHEN regexp_full_match(undressed(t), '-?[0-9]+(,[0-9]{1,2})?') THEN 'dressed'
    ELSE 'other' END;
CREATE MACRO read_money(t, shape) AS CASE shape
    WHEN 'english' THEN replace(undressed(t), ',', '')
    WHEN 'dressed' THEN replace(undressed(t), ',', '.')
    WHEN 'fine' THEN CAST(TRY_CAST(t AS DECIMAL(38, 2)) AS VARCHAR)
    WHEN 'scientific' THEN CAST(TRY_CAST(TRY_CAST(t AS DOUBLE) AS DECIMAL(18, 2)) AS VARCHAR) END;
CREATE MACRO shape_of_count(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN regexp_full_match(t, '[0-9]{1,9}([.]0+)?') THEN CASE WHEN TRY_CAST(t AS DOUBLE) = 0 THEN 'zero'
        WHEN TRY_CAST(t AS DOUBLE) > 600 THEN 'long' ELSE 'plain' END
    WHEN is_absent(t) THEN 'absent'
    WHEN regexp_full_match(t, '[0-9]{1,4}[.][0-9]+') THEN 'fraction'
    ELSE 'other' END;
CREATE MACRO shape_of_cpv(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN regexp_full_match(t, '[0-9]{8}') THEN 'plain'
    WHEN regexp_full_match(t, '[0-9]{8}-[0-9]') THEN 'keyed'
    WHEN regexp_full_match(t, '([\s\x{00a0}]*[0-9]){8}[\s\x{00a0}]*(-\s*[0-9]\s*)?') THEN 'spaced'
    WHEN regexp_full_match(t, '[A-Za-z]{1,5}[ :_-]*[0-9]{8}(-[0-9])?') THEN 'prefixed'
    ELSE 'other' END;
