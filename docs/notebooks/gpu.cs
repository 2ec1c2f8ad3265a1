#:project ../../src/LandscapeGpu.Pictures/LandscapeGpu.Pictures.csproj
#:property PublishAot=false
// %% [markdown]
// # A GPU, where there is one
//
// `auto` takes a GPU where the work pays for compiling its kernels, and lanes of the processor elsewhere; it says which, and why. The same starts and the
// same formulas run on both. (GPUs need the package LandscapeGpu.Ilgpu beside this one.)
// %%
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Pictures;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Notebooks.Notebook;

var himmelblau = Catalogue.Find("himmelblau").Create();
var anywhere = Survey.Run(himmelblau, new() { Restarts = 20_000, Device = "auto" });
Show($"descended on {anywhere.Device}{(anywhere.DeviceReason is { } why ? $": {why}" : "")}");
// %%
Show(anywhere);
// %% [markdown]
// The reference device runs the kernels of a GPU as managed code: slow, and everywhere.
// %%
var reference = Survey.Run(himmelblau, new() { Restarts = 500, Device = "reference" });
Show($"{reference.Device}: {reference.Minima.Count} minima; lanes find {Survey.Run(himmelblau, new() { Restarts = 500 }).Minima.Count} from the same starts");
