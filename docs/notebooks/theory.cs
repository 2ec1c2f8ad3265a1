#:project ../../src/LandscapeGpu.Pictures/LandscapeGpu.Pictures.csproj
#:property PublishAot=false
// %% [markdown]
// # What theory promises, tested
//
// A tour of claims about non-convex landscapes (T. Ma, *Why do local methods solve nonconvex problems?*, 2021): strict saddles, the
// Polyak–Łojasiewicz condition, principal components, matrix completion, tensors, and the kernel regime.
// %%
using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Pictures;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Notebooks.Notebook;

var small = new VerificationOptions { Survey = new() { Restarts = 300 }, SaddleStarts = 200, Samples = 140, Paths = 5 };
// %% [markdown]
// **Principal components.** All local minima are global, and every saddle is strict.
// %%
var pca = Verification.Of(Catalogue.Find("pca").Create(), small);
Show(pca);
// %% [markdown]
// **The Polyak–Łojasiewicz condition.** Least squares satisfies it: every point lies on or above the line of μ, and gradient descent with step 1/β is as
// fast as 1 − μ/β promises.
// %%
foreach (var figure in Verification.Of(Catalogue.Find("least-squares").Create(), small).Figures())
{
    Show(figure);
}
// %% [markdown]
// **Matrix completion.** With few entries there are spurious minima; with enough there are none.
// %%
Show(Sweep.Run("p", [0.2, 0.4, 0.6, 0.8], (p, set) => Catalogue.Find("matrix-completion").Create(null, new Dictionary<string, double> { ["p"] = p, ["seed"] = set }),
    new() { Survey = new() { Restarts = 100 }, DataSets = 3, Samples = 0 }));
// %% [markdown]
// **Tensors.** On the sphere, the minima of an orthogonal tensor are its components, up to sign.
// %%
Show(Survey.Run(Catalogue.Find("orthogonal-tensor").Create(), new() { Restarts = 500 }));
// %% [markdown]
// **The kernel regime.** A narrow network moves its tangent kernel while it trains.
// %%
Show(TangentKernel.Of(Catalogue.Find("perceptron").Create(), iterations: 2_000).Figure());
