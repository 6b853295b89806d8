/* SPDX-License-Identifier: MIT
 * evaluation.html: figures as tables and curves as inline SVG, readable without a network and without scripts. */
#include "evaluate/error_classes.h"
#include "evaluate/outputs.h"

#include <math.h>

/* A chart of 520 x 260 with room for labels; x and y are given in data units. */
struct chart {
    double left, right, bottom, top;
};

enum { WIDTH = 520, HEIGHT = 260, MARGIN = 46 };

static double x_of(const struct chart *chart, double x)
{
    const double span = chart->right > chart->left ? chart->right - chart->left : 1;
    return MARGIN + (x - chart->left) / span * (WIDTH - 2 * MARGIN);
}

static double y_of(const struct chart *chart, double y)
{
    const double span = chart->top > chart->bottom ? chart->top - chart->bottom : 1;
    return HEIGHT - MARGIN - (y - chart->bottom) / span * (HEIGHT - 2 * MARGIN);
}

/* The least of 1, 2 and 5 times a power of ten that parts a span into five steps or fewer. */
static double step_of(double span)
{
    static const double steps[] = { 1, 2, 5, 10 };
    const double power = pow(10, floor(log10(span / 5)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (span / (steps[i] * power) <= 5 + 1e-9) return steps[i] * power;
    return span;
}

/* Zero added: ceil gives -0, which would be told. */
static void append_ticks(struct pd_buffer *out, const struct chart *chart)
{
    const double step_x = step_of(chart->right - chart->left), step_y = step_of(chart->top - chart->bottom);
    for (double i = ceil(chart->bottom / step_y - 1e-9) + 0.0; i * step_y <= chart->top + 1e-9; i++)
        pd_append_format(out,
                         "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                         "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>\n",
                         MARGIN, WIDTH - MARGIN, y_of(chart, i * step_y), y_of(chart, i * step_y), MARGIN - 6,
                         y_of(chart, i * step_y) + 4, i * step_y);
    for (double i = ceil(chart->left / step_x - 1e-9) + 0.0; i * step_x <= chart->right + 1e-9; i++)
        pd_append_format(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.4g</text>\n", x_of(chart, i * step_x),
                         HEIGHT - MARGIN + 16, i * step_x);
}

/* label: the title as readers of screens say it. */
static void open_chart(struct pd_buffer *out, const struct chart *chart, const char *title, const char *label,
                       const char *x_name)
{
    pd_append_format(out,
                     "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\" "
                     "aria-label=\"%s\">\n",
                     title, WIDTH, HEIGHT, label);
    append_ticks(out, chart);
    pd_append_format(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", WIDTH / 2, HEIGHT - 8, x_name);
}

enum figure { FIGURE_PRECISION, FIGURE_RECALL, FIGURE_F1 };

static double figure_of(const struct pd_threshold_point *point, enum figure figure)
{
    if (figure == FIGURE_PRECISION) return pd_precision(point->pairs);
    return figure == FIGURE_RECALL ? pd_recall(point->pairs) : pd_f1(point->pairs);
}

/* A line through all points where both figures are known; x is the weight when against_weight. */
static void append_line(struct pd_buffer *out, const struct chart *chart, const struct pd_threshold_curve *curve,
                        enum figure figure, bool against_weight)
{
    static const char *const names[] = { "precision", "recall", "f1" };
    const char *command = "M";
    pd_append_format(out, "<path class=\"%s\" d=\"", against_weight ? names[figure] : "both");
    for (size_t i = 0; i < curve->n_points; i++) {
        const struct pd_threshold_point *point = &curve->points[i];
        const double x = against_weight ? point->weight : pd_recall(point->pairs);
        const double y = figure_of(point, figure);
        if (isnan(x) || isnan(y)) continue;
        pd_append_format(out, "%s%.1f %.1f", command, x_of(chart, x), y_of(chart, y));
        command = "L";
    }
    pd_append_string(out, "\"/>\n");
}

static void append_curves(struct pd_buffer *out, const struct pd_threshold_curve *curve)
{
    if (curve->n_points < 2 || !(curve->points[curve->n_points - 1].weight > curve->points[0].weight)) return;
    double low = 1;
    for (size_t i = 0; i < curve->n_points; i++)
        for (int figure = FIGURE_PRECISION; figure <= FIGURE_RECALL; figure++) {
            const double value = figure_of(&curve->points[i], (enum figure)figure);
            if (value < low) low = value;
        }
    low = low < 1 ? floor(low * 10) / 10 : 0.9;
    const struct chart by_weight = { curve->points[0].weight, curve->points[curve->n_points - 1].weight, low, 1 };
    const struct chart against = { low, 1, low, 1 };
    open_chart(out, &by_weight,
               "Clusters at each threshold: <b class=\"precision\">precision</b>, <b class=\"recall\">recall</b>, "
               "<b class=\"f1\">F1</b> (dashed)",
               "Precision, recall and F1 of clusters at each threshold", "threshold: match weight (bits)");
    append_line(out, &by_weight, curve, FIGURE_PRECISION, true);
    append_line(out, &by_weight, curve, FIGURE_RECALL, true);
    append_line(out, &by_weight, curve, FIGURE_F1, true);
    pd_append_string(out, "</svg></figure>\n");
    open_chart(out, &against, "Precision against recall", "Precision against recall", "recall");
    append_line(out, &against, curve, FIGURE_PRECISION, false);
    pd_append_string(out, "</svg></figure>\n");
}

static void append_cell(struct pd_buffer *out, double value)
{
    if (isnan(value))
        pd_append_string(out, "<td>-</td>");
    else
        pd_append_format(out, "<td>%.5f</td>", value);
}

static void append_counts(struct pd_buffer *out, struct pd_pair_counts counts)
{
    pd_append_format(out, "<td>%llu</td><td>%llu</td><td>%llu</td>", (unsigned long long)counts.n_true,
                     (unsigned long long)counts.n_predicted, (unsigned long long)counts.n_found);
    append_cell(out, pd_precision(counts));
    append_cell(out, pd_recall(counts));
    append_cell(out, pd_f1(counts));
    pd_append_string(out, "</tr>\n");
}

static void append_pair_table(struct pd_buffer *out, const struct pd_evaluation *evaluation,
                              const struct pd_population *population)
{
    const size_t n = evaluation->n_sources;
    pd_append_string(
        out,
        "<div class=\"wide\" "
        "tabindex=\"0\"><table><thead><tr><th>pairs</th><th>true</th><th>predicted</th><th>found</th><th>precision</th>"
        "<th>recall</th><th>F1</th></tr></thead>\n<tr><td>all sources</td>");
    append_counts(out, evaluation->all);
    for (size_t s = 0; s < n && n > 1; s++)
        for (size_t t = pd_evaluation_first_source(evaluation, s); t < n; t++) {
            const struct pd_pair_counts counts = evaluation->by_source[s * n + t];
            if (counts.n_true == 0 && counts.n_predicted == 0) continue;
            pd_append_string(out, "<tr><td>");
            pd_append_html(out, pd_population_source(population, (uint32_t)s + 1));
            pd_append_string(out, " &times; ");
            pd_append_html(out, pd_population_source(population, (uint32_t)t + 1));
            pd_append_string(out, "</td>");
            append_counts(out, counts);
        }
    for (size_t i = 0; i < evaluation->n_groups; i++) {
        pd_append_string(out, "<tr><td>either row: ");
        pd_append_html(out, evaluation->by_group[i].value);
        pd_append_string(out, "</td>");
        append_counts(out, evaluation->by_group[i].pairs);
    }
    pd_append_string(out, "</table></div>\n");
}

static void append_summary(struct pd_buffer *out, const struct pd_evaluation *evaluation)
{
    const struct pd_interval intervals[] = { evaluation->precision, evaluation->recall, evaluation->f1 };
    static const char *const names[] = { "precision", "recall", "F1" };
    const double values[] = { pd_precision(evaluation->all), pd_recall(evaluation->all), pd_f1(evaluation->all) };
    pd_append_string(out, "<p>");
    for (size_t i = 0; i < 3; i++)
        pd_append_format(out, "%s <b>%.5f</b> (95&nbsp;%% interval %.5f to %.5f)%s ", names[i], values[i],
                         intervals[i].low, intervals[i].high, i < 2 ? "," : ".");
    pd_append_format(out, "B-cubed: precision %.5f, recall %.5f, F1 %.5f.%s</p>\n", evaluation->bcubed_precision,
                     evaluation->bcubed_recall, evaluation->bcubed_f1,
                     evaluation->link_only ? " Only pairs across sources count." : "");
}

/* Lost pairs of each class as bars, widest = the class that lost the largest share. */
static void append_class_bars(struct pd_buffer *out, const struct pd_evaluation *evaluation)
{
    double widest = 0;
    for (int k = 0; k < PD_ERROR_CLASSES; k++) {
        const struct pd_class_counts *class = &evaluation->classes[k];
        if (class->n_true == 0) continue;
        const double lost = 1 - (double)class->n_found / (double)class->n_true;
        if (lost > widest) widest = lost;
    }
    pd_append_string(out,
                     "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>error class of either "
                     "row</th><th>true</th><th>recall</th><th>lost: blocking or "
                     "below review</th><th>scoring</th><th>guard</th><th class=\"bar\">share lost</th></tr></thead>\n");
    for (int k = 0; k < PD_ERROR_CLASSES; k++) {
        const struct pd_class_counts *class = &evaluation->classes[k];
        if (class->n_true == 0) continue;
        const double recall = (double)class->n_found / (double)class->n_true;
        pd_append_format(out, k == 0 ? "<tr><td>none</td>" : "<tr><td>E%d %s</td>", k, pd_error_class_words(k));
        pd_append_format(out, "<td>%llu</td>", (unsigned long long)class->n_true);
        append_cell(out, recall);
        if (evaluation->has_pairs)
            pd_append_format(out, "<td>%llu</td><td>%llu</td><td>%llu</td>",
                             (unsigned long long)(class->n_true - class->n_found - class->n_scoring - class->n_guard),
                             (unsigned long long)class->n_scoring, (unsigned long long)class->n_guard);
        else
            pd_append_string(out, "<td>-</td><td>-</td><td>-</td>");
        pd_append_format(out, "<td class=\"bar\"><i style=\"width:%.1fpx\"></i></td></tr>\n",
                         widest > 0 ? (1 - recall) / widest * 200 : 0);
    }
    pd_append_string(out, "</table></div>\n");
}

static void append_losses(struct pd_buffer *out, const struct pd_evaluation *evaluation)
{
    const uint64_t lost = evaluation->all.n_true - evaluation->all.n_found;
    pd_append_format(out, "<p>Lost true pairs: %llu.", (unsigned long long)lost);
    if (evaluation->has_pairs)
        pd_append_format(out, " Blocking or below review: %llu; %s: %llu; cut by a guard: %llu.",
                         (unsigned long long)(lost - evaluation->n_scoring - evaluation->n_guard),
                         evaluation->has_class ? "scoring" : "scoring or clustering",
                         (unsigned long long)evaluation->n_scoring, (unsigned long long)evaluation->n_guard);
    pd_append_string(out, "</p>\n");
}

void pd_evaluation_html(const struct pd_evaluation *evaluation, const struct pd_population *population,
                        const struct pd_threshold_curve *curve, struct pd_buffer *out)
{
    char warning[200];
    pd_append_string(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\"><title>Evaluation</title><style>"
        "body{font:15px/1.5 system-ui,sans-serif;max-width:66rem;margin:2rem auto;padding:0 1rem;color:#1d2733;"
        "background:#fff}h1{font-family:Georgia,\"Liberation Serif\",serif}.wide{overflow-x:auto}"
        "table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px "
        "solid #dde3e9;font-variant-numeric:tabular-nums}th{border-bottom-color:#1d2733;color:#5b6875;"
        "font-size:.85rem;vertical-align:bottom}td:first-child,th:first-child,.bar"
        "{text-align:left}td.bar i{display:inline-block;height:.7em;background:#a8281e}"
        "figure{display:inline-block;width:32rem;max-width:100%;margin:1rem 0 0}svg{display:block;width:100%}"
        "svg text{font-size:11px;fill:#5b6875}.grid{stroke:#dde3e9}path{fill:none;stroke-width:2}"
        "path.precision,path.both{stroke:#275d93}path.recall{stroke:#c77d1f}path.f1{stroke:#1d2733;"
        "stroke-dasharray:5 3}.warning{border-left:4px solid #a8281e;padding-left:.7rem}"
        "b.precision{color:#275d93}b.recall{color:#9a5b0f}.wide:focus-visible{outline:2px solid #275d93}"
        "@media print{@page{size:A4 landscape;margin:12mm}body{max-width:none;margin:0;font-size:10pt}"
        ".wide{overflow:visible}tr,figure{break-inside:avoid}"
        "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}</style></head><body><main>\n"
        "<h1>Evaluation</h1>\n");
    pd_append_format(out, "<p>%zu rows of %u entities.</p>\n", population->n_rows, population->entities.n_entries);
    if (pd_evaluation_warning(evaluation, warning))
        pd_append_format(out, "<p class=\"warning\"><b>Warning</b>: %s.</p>\n", warning);
    append_summary(out, evaluation);
    append_curves(out, curve);
    append_pair_table(out, evaluation, population);
    append_losses(out, evaluation);
    if (population->has_errors) append_class_bars(out, evaluation);
    pd_append_string(out, "</main></body></html>\n");
}
