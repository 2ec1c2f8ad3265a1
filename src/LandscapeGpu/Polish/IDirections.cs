namespace LandscapeGpu.Polish;

/// <summary>Finds the directions that walks go on in, for those of all lanes at once.</summary>
internal interface IDirections : IDisposable
{
    /// <summary>Whether its walks take a region's sides into account.</summary>
    bool KnowsSides { get; }

    Walk NewWalk();

    /// <summary>Computes what the walks that turn need; returns how many gradients that cost.</summary>
    /// <param name="walks">One a lane.</param>
    /// <param name="alive">How many of them are on their way.</param>
    long Find(Walk[] walks, int alive);

    /// <summary>Gives a walk its next trial point; true if it has ended.</summary>
    bool Turn(Walk walk, int lane);
}
