using System.Text;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Pictures.Reports;

/// <summary>A report as one page that needs nothing else: no network, no files beside it.</summary>
internal static class ReportPage
{
    /// <summary>The page.</summary>
    public static string Of(Report report)
    {
        var text = new StringBuilder();
        // Nothing may be loaded from anywhere: what a formula or a file name holds can at most be shown.
        text.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
            <meta name="color-scheme" content="light dark">
            <title>{HtmlText.Escape(report.Title)} – LandscapeGpu</title>
            <link rel="icon" href="data:,">
            <style>{Style}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the finding</a>
            <header><p class="name">LandscapeGpu</p><h1>{HtmlText.Escape(report.Title)}</h1></header>
            <nav aria-label="Sections"><ul>

            """);
        foreach (var (section, k) in report.Sections.Select((s, k) => (s, k)))
        {
            text.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#s{k}\">{HtmlText.Escape(section.Title)}</a></li>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"</ul></nav>\n<main id=\"main\">\n<p class=\"finding\">{HtmlText.Escape(report.Finding)}</p>\n");
        foreach (var (section, k) in report.Sections.Select((s, k) => (s, k)))
        {
            Add(text, section, k);
        }

        return text.Append(CultureInfo.InvariantCulture, $"</main>\n<script>{Script}{Marks}</script>\n</body>\n</html>\n").ToString();
    }

    private static void Add(StringBuilder text, ReportSection section, int k)
    {
        text.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"s{k}\">\n<h2 id=\"s{k}\">{HtmlText.Escape(section.Title)}</h2>\n");
        AddSentences(text, section);
        foreach (var part in section.Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h3>{HtmlText.Escape(part.Title)}</h3>\n");
            AddSentences(text, part);
        }

        if (section.Code.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<pre aria-label=\"The command\"><code>{HtmlText.Escape(section.Code)}</code></pre>\n");
        }

        foreach (var table in section.Tables)
        {
            // A wide table scrolls in its own frame, which the keyboard can reach.
            text.Append(CultureInfo.InvariantCulture, $"<div class=\"frame\" tabindex=\"0\" role=\"group\" aria-label=\"{HtmlText.Escape(table.Title.TrimEnd(':'))}\">\n{HtmlText.Of(table)}</div>\n");
        }

        foreach (var figure in section.Figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"<figure>\n<div class=\"light\">{figure.Svg(Theme.Light)}</div>\n<div class=\"dark\">{figure.Svg(Theme.Dark)}</div>\n<figcaption>{HtmlText.Escape(figure.Title)}</figcaption>\n</figure>\n");
        }

        text.Append("</section>\n");
    }

    private static void AddSentences(StringBuilder text, ReportSection section)
    {
        foreach (var sentence in section.Sentences)
        {
            text.Append(CultureInfo.InvariantCulture, $"<p>{HtmlText.Escape(sentence)}</p>\n");
        }
    }

    private const string Style = """

        :root { --paper: #ffffff; --ink: #202428; --quiet: #5a6168; --rule: #d8dce0; --link: #005a8c; --shade: #f3f5f7; }
        @media (prefers-color-scheme: dark) { :root { --paper: #181b1f; --ink: #dee2e6; --quiet: #a4abb2; --rule: #3c4248; --link: #7cc4f0; --shade: #22262b; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 1rem 1.5rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Noto Sans", sans-serif; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid #e69f00; outline-offset: 2px; }
        .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem; z-index: 1; }
        .name { margin: 0; color: var(--quiet); letter-spacing: .04em; } h1 { margin: 0; font-size: 2rem; } h2 { margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--rule); padding-bottom: .25rem; } h3 { margin: 1.25rem 0 .25rem; font-size: 1.05rem; }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 1rem 0; }
        .finding { font-size: 1.3rem; line-height: 1.4; border-left: .4rem solid #0072b2; padding: .25rem 0 .25rem 1rem; margin: 1.5rem 0; }
        section > p { max-width: 52rem; margin: .5rem 0; }
        .frame { overflow-x: auto; margin: 1rem 0 1.75rem; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; } caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { padding: .3rem .75rem; border-bottom: 1px solid var(--rule); white-space: nowrap; } tbody tr:hover { background: var(--shade); }
        @media (max-width: 40rem) { body { padding: 1rem .75rem 3rem; } th, td { padding: .3rem .4rem; } table:not(:has(th:nth-child(4))) :is(th, td) { white-space: normal; } h1 { font-size: 1.6rem; overflow-wrap: anywhere; } .finding { overflow-wrap: anywhere; } }
        th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
        th button::after { content: " ↕"; color: var(--quiet); } th[aria-sort=ascending] button::after { content: " ↑"; } th[aria-sort=descending] button::after { content: " ↓"; }
        figure { margin: 1.5rem 0; border: 1px solid var(--rule); border-radius: .4rem; padding: .5rem; } figure > div { overflow-x: auto; } figure svg { width: 100%; min-width: 40rem; height: auto; display: block; }
        figcaption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .dark { display: none; } @media (prefers-color-scheme: dark) { .dark { display: block; } .light { display: none; } }
        .detail { min-height: 1.55em; margin: .25rem .5rem 0; color: var(--quiet); } svg circle.shown { stroke: #e69f00; stroke-width: 4; }
        pre { background: var(--shade); padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: .3rem; }
        @media print { :root { --paper: #ffffff; --ink: #000000; --quiet: #444444; --rule: #bbbbbb; } body { max-width: none; padding: 0; font-size: 10pt; } nav, .skip { display: none; } .dark { display: none !important; } .light { display: block !important; }
          figure, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } .frame, figure > div { overflow: visible; } figure svg { min-width: 0; } .detail { display: none; } th, td { white-space: normal; } th button::after { content: ""; } }

        """;

    // Arrow keys step through the marks of a picture, and what the pointer is told about one is written below it.
    private const string Marks = """

        for (const figure of document.querySelectorAll("figure")) {
          const detail = document.createElement("p"), hint = "Arrow keys, or the pointer, show the details of ";
          detail.className = "detail"; detail.setAttribute("role", "status");
          for (const picture of figure.querySelectorAll(":scope > div")) {
            const marks = [...picture.querySelectorAll("circle:has(> title)")];
            if (marks.length === 0) continue;
            let at = -1;
            const show = k => {
              marks[at]?.classList.remove("shown");
              at = k;
              marks[at]?.classList.add("shown");
              detail.textContent = at < 0 ? hint + marks.length + " marks." : marks[at].querySelector("title").textContent + " (" + (at + 1) + " of " + marks.length + ")";
            };
            picture.tabIndex = 0;
            picture.setAttribute("role", "group");
            picture.setAttribute("aria-label", hint + marks.length + " marks");
            picture.addEventListener("keydown", event => {
              const last = marks.length - 1;
              const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at < 0 ? last : at - 1, ArrowUp: at < 0 ? last : at - 1, Home: 0, End: last, Escape: -1 }[event.key];
              if (next === undefined) return;
              event.preventDefault();
              show(next > last ? 0 : next < 0 && event.key !== "Escape" ? last : next);
            });
            picture.addEventListener("blur", () => show(-1));
            marks.forEach((mark, k) => { mark.addEventListener("pointerenter", () => show(k)); mark.addEventListener("pointerleave", () => show(-1)); });
            show(-1);
            figure.append(detail);
          }
        }

        """;

    // Sorts a table by a column: numbers by value, with thousands, percent signs and < set aside; what is no number by its letters.
    private const string Script = """

        "use strict";
        const number = text => { const t = text.replace(/[,%<>~]/g, "").replace(/−/g, "-").trim().split(" ")[0]; return t === "" ? NaN : Number(t); };
        for (const table of document.querySelectorAll("table")) {
          const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
          heads.forEach((head, column) => {
            const button = document.createElement("button");
            button.type = "button"; button.textContent = head.textContent; button.title = "Sort by " + head.textContent;
            head.replaceChildren(button);
            button.addEventListener("click", () => {
              const down = head.getAttribute("aria-sort") === "ascending";
              heads.forEach(h => h.removeAttribute("aria-sort"));
              head.setAttribute("aria-sort", down ? "descending" : "ascending");
              const key = row => row.cells[column].textContent;
              const rows = [...body.rows].sort((a, b) => {
                const x = number(key(a)), y = number(key(b));
                if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
                const order = Number.isNaN(x) ? key(a).localeCompare(key(b)) : x - y;
                return down ? -order : order;
              });
              body.append(...rows);
            });
          });
        }

        """;
}
