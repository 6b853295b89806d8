/* SPDX-License-Identifier: MIT
 * The formats of strptime and strftime, in English and without locales. As DuckDB: fields take fewer digits than their
 * width, %y turns at 69, blanks at the end of the text do not count, names of months and days in any case. Fractions of
 * seconds are read and dropped. */
#include "base/date.h"
#include "expression/builtin.h"

#include <stdio.h>

static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December" };
static const char *const weekdays[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };

struct moment {
    int year, month, day, day_of_year, hour, minute, second;
    int half; /* -1 none, 0 AM, 1 PM */
    bool twelve;
    int ahead; /* of UTC, seconds */
};

static bool take_number(struct pd_text text, size_t *position, size_t most, int low, int high, int *number)
{
    const size_t begin = *position;
    *number = 0;
    while (*position < text.length && *position - begin < most) {
        const unsigned digit = (unsigned)(text.data[*position] - '0');
        if (digit > 9) break;
        *number = *number * 10 + (int)digit;
        ++*position;
    }
    return *position > begin && *number >= low && *number <= high;
}

static bool same_letters(struct pd_text text, size_t position, const char *name, size_t length)
{
    if (text.length - position < length) return false;
    for (size_t i = 0; i < length; i++)
        if ((text.data[position + i] | 0x20) != (name[i] | 0x20)) return false;
    return true;
}

/* One of the names, whole or by its first three letters. */
static bool take_name(struct pd_text text, size_t *position, const char *const *names, int n, bool whole, int *index)
{
    for (*index = 0; *index < n; ++*index) {
        const size_t length = whole ? strlen(names[*index]) : 3;
        if (!same_letters(text, *position, names[*index], length)) continue;
        *position += length;
        return true;
    }
    return false;
}

static bool take_half(struct pd_text text, size_t *position, int *half)
{
    const bool morning = same_letters(text, *position, "am", 2);
    if (!morning && !same_letters(text, *position, "pm", 2)) return false;
    *half = morning ? 0 : 1;
    *position += 2;
    return true;
}

/* Z, +07:00, +0700 or +07. */
static bool take_offset(struct pd_text text, size_t *position, int *ahead)
{
    int hours = 0;
    int minutes = 0;
    if (*position >= text.length) return false;
    const char sign = text.data[(*position)++];
    if (sign == 'Z') return true;
    if ((sign != '+' && sign != '-') || !take_number(text, position, 2, 0, 15, &hours)) return false;
    if (*position < text.length && text.data[*position] == ':') ++*position;
    if (*position < text.length && !take_number(text, position, 2, 0, 59, &minutes)) return false;
    *ahead = (sign == '-' ? -60 : 60) * (60 * hours + minutes);
    return true;
}

static bool take_field(struct pd_text text, size_t *position, char field, struct moment *moment)
{
    int number = 0;
    switch (field) {
    case 'Y': return take_number(text, position, 4, 1, 9999, &moment->year);
    case 'y':
        if (!take_number(text, position, 2, 0, 99, &number)) return false;
        moment->year = number < 69 ? 2000 + number : 1900 + number;
        return true;
    case 'm': return take_number(text, position, 2, 1, 12, &moment->month);
    case 'd': return take_number(text, position, 2, 1, 31, &moment->day);
    case 'j': return take_number(text, position, 3, 1, 366, &moment->day_of_year);
    case 'b':
    case 'B':
        if (!take_name(text, position, months, 12, field == 'B', &number)) return false;
        moment->month = number + 1;
        return true;
    case 'a':
    case 'A': return take_name(text, position, weekdays, 7, field == 'A', &number);
    case 'H': return take_number(text, position, 2, 0, 23, &moment->hour);
    case 'I': moment->twelve = true; return take_number(text, position, 2, 1, 12, &moment->hour);
    case 'M': return take_number(text, position, 2, 0, 59, &moment->minute);
    case 'S': return take_number(text, position, 2, 0, 59, &moment->second);
    case 'f': return take_number(text, position, 6, 0, 999999, &number);
    case 'p': return take_half(text, position, &moment->half);
    case 'z': return take_offset(text, position, &moment->ahead);
    default: return false;
    }
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Reads the fields; false when text and format part ways. */
static bool take_all(struct pd_text text, struct pd_text format, struct moment *moment)
{
    size_t position = 0;
    for (size_t i = 0; i < format.length; i++) {
        const char byte = format.data[i];
        if (is_blank(byte)) {
            if (position >= text.length || !is_blank(text.data[position])) return false;
            while (position < text.length && is_blank(text.data[position])) position++;
            continue;
        }
        if (byte != '%' || (i + 1 < format.length && format.data[i + 1] == '%')) {
            if (byte == '%') i++;
            if (position >= text.length || text.data[position++] != byte) return false;
            continue;
        }
        i++;
        if (i < format.length && format.data[i] == '-') i++;
        if (i >= format.length || !take_field(text, &position, format.data[i], moment)) return false;
    }
    while (position < text.length && is_blank(text.data[position])) position++;
    return position == text.length;
}

bool pd_time_parse(struct pd_text text, struct pd_text format, int64_t *seconds)
{
    struct moment moment = { .year = 1900, .month = 1, .day = 1, .half = -1 };
    while (text.length > 0 && is_blank(text.data[0])) text = pd_text_slice(text, 1, text.length);
    if (!take_all(text, format, &moment)) return false;
    if (moment.twelve && moment.hour == 12) moment.hour = 0;
    if (moment.half == 1 && moment.hour < 12) moment.hour += 12;
    if (moment.day_of_year > 0) {
        if (moment.day_of_year > (pd_date_valid(moment.year, 2, 29) ? 366 : 365)) return false;
        const struct pd_date date = pd_date_to_civil(pd_date_from_civil(moment.year, 1, 1) + moment.day_of_year - 1);
        moment.month = date.month;
        moment.day = date.day;
    }
    if (!pd_date_valid(moment.year, moment.month, moment.day)) return false;
    *seconds = (int64_t)pd_date_from_civil(moment.year, moment.month, moment.day) * PD_SECONDS_PER_DAY +
               moment.hour * 3600 + moment.minute * 60 + moment.second - moment.ahead;
    return true;
}

/* One field; -1 for an unknown one. */
static int print_field(struct pd_date date, int32_t day, int second, char field, bool bare, char *out, size_t room)
{
    const int hour = second / 3600;
    int number = 0;
    switch (field) {
    case 'Y': return snprintf(out, room, "%04d", date.year);
    case 'B': return snprintf(out, room, "%s", months[date.month - 1]);
    case 'b': return snprintf(out, room, "%.3s", months[date.month - 1]);
    case 'A': return snprintf(out, room, "%s", weekdays[((day + 4) % 7 + 7) % 7]);
    case 'a': return snprintf(out, room, "%.3s", weekdays[((day + 4) % 7 + 7) % 7]);
    case 'j': return snprintf(out, room, bare ? "%d" : "%03d", day - pd_date_from_civil(date.year, 1, 1) + 1);
    case 'p': return snprintf(out, room, "%s", hour < 12 ? "AM" : "PM");
    case '%': return snprintf(out, room, "%%");
    case 'y': number = date.year % 100; break;
    case 'm': number = date.month; break;
    case 'd': number = date.day; break;
    case 'H': number = hour; break;
    case 'I': number = (hour + 11) % 12 + 1; break;
    case 'M': number = second / 60 % 60; break;
    case 'S': number = second % 60; break;
    default: return -1;
    }
    return snprintf(out, room, bare ? "%d" : "%02d", number);
}

int pd_time_print(int64_t seconds, struct pd_text format, char *out, size_t room)
{
    int64_t day = seconds / PD_SECONDS_PER_DAY;
    if (seconds % PD_SECONDS_PER_DAY < 0) day--;
    const struct pd_date date = pd_date_to_civil((int32_t)day);
    const int second = (int)(seconds - day * PD_SECONDS_PER_DAY);
    size_t length = 0;
    for (size_t i = 0; i < format.length; i++) {
        int written = 1;
        if (format.data[i] == '%') {
            i++;
            const bool bare = i < format.length && format.data[i] == '-';
            if (bare) i++;
            if (i >= format.length) return -1;
            written = print_field(date, (int32_t)day, second, format.data[i], bare, out + length, room - length);
        } else if (length < room) {
            out[length] = format.data[i];
        }
        if (written < 0 || (size_t)written >= room - length) return -1;
        length += (size_t)written;
    }
    return (int)length;
}
