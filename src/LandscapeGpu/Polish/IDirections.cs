namespace LandscapeGpu.Polish;

/// <summary>Finds the directions that walks go on in, for those of all lanes at once.</summary>
internal interface IDirections : IDisposable
{
    /// <summary>Whether its walks take a region's sides into account.</summary>
    bool KnowsSides { get; }

    Walk NewWalk();

    /// <summary>Computes what the walks that turn need.</summary>
    /// <param name="walks">One a lane.</param>
    /// <returns>How many gradients that cost those that turn. What other lanes computed meanwhile was for nobody, and hangs on which walks happen to be side by side.</returns>
    long Find(Walk[] walks);

    /// <summary>Gives a walk its next trial point; true if it has ended.</summary>
    bool Turn(Walk walk, int lane);
}
