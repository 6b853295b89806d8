/* SPDX-License-Identifier: MIT
 * Numbers, and the choices between values of any type. Angles in degrees and logarithms as in DuckDB: log is log10. */
#include "expression/builtin.h"

static double number(const struct pd_value *arguments)
{
    return pd_value_number(arguments[0]);
}

struct pd_value pd_call_abs(const struct pd_expression *call, const struct pd_value *arguments,
                            struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    if (arguments[0].type != PD_TYPE_INT) return pd_value_real(fabs(number(arguments)));
    const int64_t integer = arguments[0].integer;
    return integer == INT64_MIN ? pd_value_null(PD_TYPE_INT) : pd_value_int(integer < 0 ? -integer : integer);
}

struct pd_value pd_call_sign(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int((number(arguments) > 0) - (number(arguments) < 0));
}

/* Halves away from 0; the second argument is a number of decimals, negative for tens. */
struct pd_value pd_call_round(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)evaluator;
    const struct pd_value value = arguments[0];
    const int64_t decimals = call->n_children < 2 ? 0 : arguments[1].integer;
    if (value.type == PD_TYPE_INT && decimals >= 0) return value;
    double real = number(arguments);
    const double scale = pow(10, (double)(decimals < 0 ? -decimals : decimals));
    if (!isfinite(scale)) return pd_value_null(value.type);
    real = decimals < 0 ? round(real / scale) * scale : round(real * scale) / scale;
    if (value.type != PD_TYPE_INT) return isfinite(real) ? pd_value_real(real) : value;
    return fabs(real) < 9.2e18 ? pd_value_int((int64_t)real) : pd_value_null(PD_TYPE_INT);
}

struct pd_value pd_call_floor(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(floor(number(arguments)));
}

struct pd_value pd_call_ceil(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(ceil(number(arguments)));
}

struct pd_value pd_call_sqrt(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(sqrt(number(arguments)));
}

struct pd_value pd_call_power(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(pow(number(arguments), number(arguments + 1)));
}

struct pd_value pd_call_ln(const struct pd_expression *call, const struct pd_value *arguments,
                           struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(log(number(arguments)));
}

struct pd_value pd_call_log10(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(log10(number(arguments)));
}

struct pd_value pd_call_log2(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(log2(number(arguments)));
}

struct pd_value pd_call_exp(const struct pd_expression *call, const struct pd_value *arguments,
                            struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(exp(number(arguments)));
}

struct pd_value pd_call_sin(const struct pd_expression *call, const struct pd_value *arguments,
                            struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(sin(number(arguments)));
}

struct pd_value pd_call_cos(const struct pd_expression *call, const struct pd_value *arguments,
                            struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(cos(number(arguments)));
}

struct pd_value pd_call_tan(const struct pd_expression *call, const struct pd_value *arguments,
                            struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(tan(number(arguments)));
}

struct pd_value pd_call_asin(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(asin(number(arguments)));
}

struct pd_value pd_call_acos(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(acos(number(arguments)));
}

struct pd_value pd_call_atan(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(atan(number(arguments)));
}

struct pd_value pd_call_atan2(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(atan2(number(arguments), number(arguments + 1)));
}

struct pd_value pd_call_radians(const struct pd_expression *call, const struct pd_value *arguments,
                                struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(number(arguments) * (M_PI / 180));
}

struct pd_value pd_call_degrees(const struct pd_expression *call, const struct pd_value *arguments,
                                struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real(number(arguments) * (180 / M_PI));
}

struct pd_value pd_call_pi(const struct pd_expression *call, const struct pd_value *arguments,
                           struct pd_evaluator *evaluator)
{
    (void)call, (void)arguments, (void)evaluator;
    return pd_value_real(M_PI);
}

struct pd_value pd_call_coalesce(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    (void)evaluator;
    for (size_t i = 0; i < call->n_children; i++)
        if (!arguments[i].null) return arguments[i];
    return pd_value_null(call->type);
}

struct pd_value pd_call_nullif(const struct pd_expression *call, const struct pd_value *arguments,
                               struct pd_evaluator *evaluator)
{
    (void)evaluator;
    if (arguments[0].null || arguments[1].null || pd_value_compare(arguments[0], arguments[1]) != 0)
        return arguments[0];
    return pd_value_null(call->type);
}

/* The first of the largest (direction 1) or smallest (-1); NULLs do not count. */
static struct pd_value extreme(const struct pd_expression *call, const struct pd_value *arguments, int direction)
{
    struct pd_value best = pd_value_null(call->type);
    for (size_t i = 0; i < call->n_children; i++) {
        if (arguments[i].null) continue;
        if (best.null || pd_value_compare(arguments[i], best) * direction > 0) best = arguments[i];
    }
    return best;
}

struct pd_value pd_call_greatest(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    (void)evaluator;
    return extreme(call, arguments, 1);
}

struct pd_value pd_call_least(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)evaluator;
    return extreme(call, arguments, -1);
}
