using LandscapeGpu.Pictures.Reports;
using LandscapeGpu.Tests.Cli;
using Microsoft.Playwright;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>Reports, as pages in a real browser.</summary>
public sealed class ReportTests : InFolder
{
    [Fact]
    public void What_names_hold_cannot_become_part_of_the_page()
    {
        var nasty = Objective.Define("<script>alert(1)</script> & \"quotes\"", 2, x => Square(x[0]) + Square(x[1]));
        var page = Report.Of(Survey.Run(nasty, new() { Restarts = 10 }), origin: new() { Arguments = ["explore", "--formula", "x[0] < 1 && \"y\""] }).Html();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_run_makes_the_same_page()
    {
        string Page() => Report.Of(Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 50 })).Sections[1].Figures[0].Svg();
        Assert.Equal(Page(), Page());
    }

    [Fact]
    public void What_found_nothing_is_a_page_too()
    {
        var page = Report.Of(Survey.Run(Objective.Define("slope", 1, x => x[0]), new() { Restarts = 5 })).Html();
        Assert.Contains("no minimum was found", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_file_makes_the_page_and_the_pictures_that_its_run_made()
    {
        var run = At("run.db");
        Assert.Equal(0, CommandLine.Run("explore", "himmelblau", "--restarts", "200", "--out", run, "--report", At("now.html"), "--picture", At("now.svg")).Status);
        Assert.Equal(0, CommandLine.Run("show", run, "--report", At("later.html"), "--picture", At("later.svg")).Status);
        Assert.Equal(File.ReadAllText(At("now.svg")), File.ReadAllText(At("later.svg")));
        Assert.Equal(Table(At("now.html")), Table(At("later.html")));
        Assert.Contains("<code>landscape explore himmelblau --restarts 200</code>", File.ReadAllText(At("later.html")), StringComparison.Ordinal);

        static string Table(string path) => File.ReadAllText(path) is var page && page.IndexOf("<table", StringComparison.Ordinal) is var begin ? page[begin..page.IndexOf("</table>", begin, StringComparison.Ordinal)] : "";
    }

    [Fact]
    public void Theory_and_pathways_have_pages_too()
    {
        var path = At("page.html");
        Assert.Equal(0, CommandLine.Run("verify", "himmelblau", "--restarts", "100", "--saddle-starts", "100", "--samples", "35", "--report", path).Status);
        // The finding is about the claim, and the evidence comes first.
        var page = File.ReadAllText(path);
        Assert.Contains("<p class=\"finding\">No spurious minimum found", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"s0\">Evidence</h2>", page, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("connect", "muller-brown", "--restarts", "200", "--report", path).Status);
        Assert.Contains("all joined below −40.66", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_page_of_a_survey_opens_sorts_and_is_readable_without_a_network()
    {
        var path = At("report.html");
        Assert.Equal(0, CommandLine.Run("explore", "six-hump-camel", "--restarts", "300", "--report", path).Status);
        await Open(path, async page =>
        {
            Assert.Contains("six-hump-camel", await page.TitleAsync(), StringComparison.Ordinal);
            Assert.Contains("6 minima", await page.Locator(".finding").InnerTextAsync(), StringComparison.Ordinal);

            await RequireReadable(page);
            // Where the pointer rests something is said.
            Assert.Contains(await page.Locator("svg circle title").AllTextContentsAsync(), t => t.StartsWith("minimum, f =", StringComparison.Ordinal));

            // Headings sort by the mouse and by the keyboard, numbers as numbers.
            var table = page.Locator("table", new() { Has = page.Locator("caption", new() { HasText = "Minima: 6" }) });
            var heading = table.Locator("th button", new() { HasTextString = "value" }).First;
            await heading.ClickAsync();
            var ascending = await Column(table);
            Assert.Equal(ascending.Order(), ascending);
            await heading.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            var descending = await Column(table);
            Assert.Equal(descending.OrderDescending(), descending);
            Assert.NotEqual(ascending[0], descending[0]);
            Assert.Equal("descending", await table.Locator("th[aria-sort]").GetAttributeAsync("aria-sort"));

            // Paper is white at night too.
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            Assert.NotEqual("rgb(255, 255, 255)", await Background(page));
            Assert.True(await page.Locator(".dark svg").First.IsVisibleAsync());
            Assert.False(await page.Locator(".light svg").First.IsVisibleAsync());
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, Media = Media.Print });
            Assert.Equal("rgb(255, 255, 255)", await Background(page));
            Assert.True(await page.Locator(".light svg").First.IsVisibleAsync());
        });
    }

    [BrowserTheory]
    [InlineData("verify himmelblau --restarts 60 --saddle-starts 40 --samples 35", "No spurious minimum found")]
    [InlineData("compare himmelblau --rules lbfgs,momentum:0.01 --restarts 40", "most often")]
    [InlineData("connect muller-brown --restarts 60", "all joined below")]
    [InlineData("show", "4 minima")]
    public async Task Every_page_opens_is_readable_and_tells_by_the_keyboard_what_the_pointer_is_told(string command, string finding)
    {
        var (path, run) = (At("page.html"), At("run.db"));
        var words = command.Split(' ');
        if (command == "show")
        {
            Assert.Equal(0, CommandLine.Run("explore", "himmelblau", "--restarts", "60", "--out", run).Status);
            words = ["show", run];
        }

        Assert.Equal(0, CommandLine.Run([.. words, "--report", path]).Status);
        await Open(path, async page =>
        {
            Assert.Contains(finding, await page.Locator(".finding").InnerTextAsync(), StringComparison.Ordinal);
            await RequireReadable(page);
            // With nothing but the keyboard: a picture, its marks one after another, and round again.
            var picture = page.Locator("figure .light[tabindex]").First;
            var detail = page.Locator("figure", new() { Has = page.Locator(".light[tabindex]") }).First.Locator(".detail");
            var told = await picture.Locator("circle > title").AllTextContentsAsync();
            await picture.FocusAsync();
            foreach (var text in told.Append(told[0]))
            {
                await page.Keyboard.PressAsync("ArrowRight");
                Assert.StartsWith(text + " (", await detail.InnerTextAsync(), StringComparison.Ordinal);
                Assert.Equal(1, await picture.Locator("circle.shown").CountAsync());
            }

            await page.Keyboard.PressAsync("ArrowLeft");
            Assert.StartsWith(told[^1] + " (", await detail.InnerTextAsync(), StringComparison.Ordinal);
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal(0, await picture.Locator("circle.shown").CountAsync());
            Assert.StartsWith("Arrow keys", await detail.InnerTextAsync(), StringComparison.Ordinal);
        });
    }

    [BrowserFact]
    public async Task The_page_of_a_sweep_opens()
    {
        var path = At("sweep.html");
        Assert.Equal(0, CommandLine.Run("sweep", "matrix-completion", "--over", "p=0.3,0.6", "--restarts", "30", "--samples", "0", "--report", path).Status);
        await Open(path, async page =>
        {
            Assert.Contains("p = 0.6", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
            Assert.Contains("landscape sweep", await page.Locator("pre").InnerTextAsync(), StringComparison.Ordinal);
        });
    }

    /// <summary>Every picture that is seen has a text alternative, every table a caption, and nothing is wider than the window.</summary>
    private static async Task RequireReadable(IPage page)
    {
        var pictures = await page.Locator("svg:visible").AllAsync();
        Assert.NotEmpty(pictures);
        foreach (var picture in pictures)
        {
            Assert.Equal("img", await picture.GetAttributeAsync("role"));
            Assert.False(string.IsNullOrWhiteSpace(await picture.GetAttributeAsync("aria-label")));
        }

        Assert.Equal(0, await page.Locator("table:not(:has(caption))").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    /// <summary>Opens a page; whatever it asks another place for, or complains of, fails the test.</summary>
    private static async Task Open(string path, Func<IPage, Task> look)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Browser, Args = ["--no-sandbox"] });
        await using var context = await browser.NewContextAsync(new() { Offline = true, ColorScheme = ColorScheme.Light });
        var page = await context.NewPageAsync();
        var (complaints, requests) = (new List<string>(), new List<string>());
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await look(page);
        Assert.Empty(complaints);
        Assert.Single(requests);
    }

    private static async Task<List<double>> Column(ILocator table) =>
        [.. (await table.Locator("tbody tr td:first-child").AllInnerTextsAsync()).Select(t => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture))];

    private static Task<string> Background(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
