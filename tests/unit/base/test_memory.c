/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <criterion/criterion.h>
#include <string.h>

Test(memory, gives_zeroed_memory_and_accepts_nothing)
{
    unsigned char *bytes = NULL;
    cr_assert_eq(pd_allocate(&bytes, 1000, 3, NULL), PADAN_OK);
    for (size_t i = 0; i < 3000; i++) cr_assert_eq(bytes[i], 0);
    pd_free(bytes);
    cr_assert_eq(pd_allocate(&bytes, 0, 8, NULL), PADAN_OK);
    cr_expect_not_null(bytes);
    pd_free(bytes);
    pd_free(NULL);
}

Test(memory, arrays_start_on_a_cache_line)
{
    static const size_t sizes[] = { 0, 1, 100, 1 << 20, (2 << 20) + 1, 9 << 20 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *array = NULL;
        cr_assert_eq(pd_allocate_array(&array, sizes[i], 1, NULL), PADAN_OK);
        cr_expect_eq((uintptr_t)array % 64, 0, "%zu bytes", sizes[i]);
        if (sizes[i] > 0) memset(array, 1, sizes[i]);
        pd_free(array);
    }
}

Test(memory, grows_at_least_by_half_and_keeps_elements)
{
    uint32_t *numbers = NULL;
    size_t capacity = 0, n_growths = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        const size_t before = capacity;
        cr_assert_eq(pd_grow(&numbers, &capacity, i + 1, sizeof *numbers, NULL), PADAN_OK);
        n_growths += capacity != before;
        numbers[i] = i;
    }
    cr_expect_leq(n_growths, 8, "short arrays become four times as long");
    for (uint32_t i = 0; i < 100000; i++) cr_assert_eq(numbers[i], i);
    pd_free(numbers);
}

Test(memory, refuses_products_that_overflow)
{
    struct padan_error error = { 0 };
    void *memory = NULL;
    size_t capacity = 0;
    cr_expect_eq(pd_allocate(&memory, SIZE_MAX / 2, 4, &error), PADAN_OUT_OF_MEMORY);
    cr_expect_eq(error.status, PADAN_OUT_OF_MEMORY);
    cr_expect(strstr(error.message, "out of memory") != NULL);
    cr_expect_eq(pd_allocate_array(&memory, SIZE_MAX / 2, 4, NULL), PADAN_OUT_OF_MEMORY);
    cr_expect_eq(pd_grow(&memory, &capacity, SIZE_MAX / 2, 4, NULL), PADAN_OUT_OF_MEMORY);
    cr_expect(memory == NULL && capacity == 0);
}

Test(memory, reports_a_peak_that_follows_use)
{
    enum { BYTES = 64 << 20 };
    char *array = NULL;
    cr_assert_eq(pd_allocate_array(&array, BYTES, 1, NULL), PADAN_OK);
    memset(array, 1, BYTES);
    cr_expect_geq(pd_memory_peak(), (size_t)BYTES);
    pd_free(array);
}

#ifdef PADAN_FAULT
Test(memory, fails_exactly_the_nth_allocation_when_told)
{
    void *memory = NULL;
    pd_memory_fail_after(2);
    cr_expect_eq(pd_allocate(&memory, 1, 1, NULL), PADAN_OK);
    pd_free(memory);
    cr_expect_eq(pd_allocate(&memory, 1, 1, NULL), PADAN_OUT_OF_MEMORY);
    cr_expect_eq(pd_allocate(&memory, 1, 1, NULL), PADAN_OK);
    pd_free(memory);
}
#endif
