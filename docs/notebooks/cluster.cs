#:project ../../src/LandscapeGpu.Pictures/LandscapeGpu.Pictures.csproj
#:property PublishAot=false
// %% [markdown]
// # A cluster of atoms
//
// Seven atoms with Lennard-Jones' potential have four minima, up to rotations and relabelling. Fingerprints (value and spectrum) see through both.
// %%
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Spectra;
using LandscapeGpu.Pictures.Surveys;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Notebooks.Notebook;

var atoms = Catalogue.Find("lennard-jones").Create(null, new Dictionary<string, double> { ["atoms"] = 7 });
var cluster = Survey.Run(atoms, new() { Restarts = 2_000, Identity = IdentityKind.Fingerprint });
Show(cluster);
// %% [markdown]
// Six eigenvalues are zero at each: three translations, three rotations.
// %%
Show(SpectraFigure.Of(cluster));
// %% [markdown]
// Have all minima been found? The rarefaction curve has become flat.
// %%
Show(CoverageFigure.Of(cluster));
