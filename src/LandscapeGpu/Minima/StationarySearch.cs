using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Stationary points of every index, by solving ∇f = 0 from many starts in double precision.</summary>
/// <remarks>
/// Gradients and Hessians are computed on lanes, one start a lane; a lane that is done takes the next start. Descent finds minima
/// in proportion to their basins; this finds saddles and maxima as readily, but says nothing about basins.
/// </remarks>
internal sealed class StationarySearch(Objective objective, Derivatives derivatives, int threads)
{
    /// <param name="starts">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    public PolishedSet Run(ReadOnlyMemory<double> starts, int count, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var result = new PolishedSet(derivatives.Dimension, count);
        var lanes = derivatives.Slope.Layout.Restarts;
        var queue = new RestartQueue(count, threads * lanes);
        long evaluations = 0;
        Workers.Run(Math.Max(1, Math.Min(threads, (count + lanes - 1) / lanes)), () =>
        {
            using var worker = new Worker(objective, derivatives, starts, result, queue, progress);
            worker.Run(cancellation);
            Interlocked.Add(ref evaluations, worker.Evaluations);
        });
        result.Evaluations = evaluations;
        return result;
    }

    private sealed class Worker : IDisposable
    {
        private readonly int d;
        private readonly Derivatives derivatives;
        private readonly ReadOnlyMemory<double> starts;
        private readonly PolishedSet result;
        private readonly RestartQueue queue;
        private readonly Action<long>? progress;
        private readonly Lanes slope;
        private readonly AlignedMemory data;
        private readonly LaneHessians hessians;
        private readonly Manifold? manifold;
        private readonly StationaryWalk[] walks;
        private readonly double[][] ambient;
        private readonly double[] gradient;
        private readonly double[] hessian;
        private RestartQueue.Chunk chunk;
        private int alive;

        public Worker(Objective objective, Derivatives derivatives, ReadOnlyMemory<double> starts, PolishedSet result, RestartQueue queue, Action<long>? progress)
        {
            d = derivatives.Dimension;
            (this.derivatives, this.starts, this.result, this.queue, this.progress) = (derivatives, starts, result, queue, progress);
            slope = new Lanes(derivatives.Slope);
            data = derivatives.Slope.NewData(objective.Parameters, objective.Replaced);
            hessians = new LaneHessians(derivatives, objective);
            walks = [.. Enumerable.Range(0, slope.Count).Select(_ => new StationaryWalk(d))];
            manifold = objective.Manifold;
            ambient = [.. walks.Select(_ => new double[d])];
            (gradient, hessian) = (new double[d], new double[d * d]);
        }

        public long Evaluations { get; private set; }

        public void Dispose()
        {
            slope.Dispose();
            data.Dispose();
            hessians.Dispose();
        }

        public void Run(CancellationToken cancellation)
        {
            foreach (var walk in walks)
            {
                Take(walk);
            }

            while (alive > 0 && !cancellation.IsCancellationRequested)
            {
                Judge();
                Turn();
            }
        }

        private void Judge()
        {
            for (var l = 0; l < walks.Length; l++)
            {
                slope.Write(derivatives.X, l, walks[l].Trial);
            }

            slope.Run(data);
            Evaluations += alive;
            for (var l = 0; l < walks.Length; l++)
            {
                if (walks[l].Item >= 0)
                {
                    slope.Read(derivatives.Gradient, l, gradient);
                    if (manifold is not null)
                    {
                        RiemannianHessian.Project(gradient, walks[l].Trial, manifold.BlockLength);
                    }

                    if (walks[l].Judge(slope.Read(derivatives.Value, 0, l), gradient))
                    {
                        Finish(walks[l]);
                    }
                }
            }
        }

        private void Turn()
        {
            for (var l = 0; l < walks.Length; l++)
            {
                hessians.Set(l, walks[l].Point);
                slope.Write(derivatives.X, l, walks[l].Point);
            }

            if (manifold is not null)
            {
                // The normal part of the gradient at the points that were kept bends the Hessian.
                slope.Run(data);
                for (var l = 0; l < walks.Length; l++)
                {
                    slope.Read(derivatives.Gradient, l, ambient[l]);
                }
            }

            hessians.Compute();
            Evaluations += (long)alive * d;
            for (var l = 0; l < walks.Length; l++)
            {
                // A walk that has just been taken has not been evaluated at its start yet.
                if (walks[l] is { Item: >= 0, Steps: > 0 } walk)
                {
                    for (var e = 0; e < d * d; e++)
                    {
                        hessian[e] = hessians.Entries[(e * hessians.Count) + l];
                    }

                    if (manifold is not null)
                    {
                        Bend(walk.Point, l);
                    }

                    Note(walk);
                    if (walk.Turn(hessian))
                    {
                        Finish(walk);
                    }
                    else if (manifold is not null)
                    {
                        RiemannianHessian.Retract(walk.Trial, manifold);
                    }
                }
            }
        }

        /// <summary>The Hessian on the spheres, with zeros along their normals: the gradient has no part there.</summary>
        private void Bend(double[] point, int l)
        {
            var length = manifold!.BlockLength;
            var kappa = RiemannianHessian.Apply(hessian, 1, 0, point, ambient[l], length);
            for (var i = 0; i < d; i++)
            {
                for (var j = i / length * length; j < ((i / length) + 1) * length; j++)
                {
                    hessian[(i * d) + j] -= kappa * point[i] * point[j];
                }
            }
        }

        /// <summary>The first two moments of the spectrum, by which stationary points can be told apart.</summary>
        private void Note(StationaryWalk walk)
        {
            double trace = 0, square = 0;
            for (var i = 0; i < d; i++)
            {
                trace += hessian[(i * d) + i];
            }

            foreach (var entry in hessian)
            {
                square += entry * entry;
            }

            (result.Moments[2 * walk.Item], result.Moments[(2 * walk.Item) + 1]) = (trace, square);
        }

        private void Finish(StationaryWalk walk)
        {
            var item = walk.Item;
            walk.Point.CopyTo(result.Points.AsSpan(item * d));
            (result.Values[item], result.Residuals[item], result.Stationary[item]) = (walk.Value, walk.Norm, walk.IsStationary);
            Take(walk);
        }

        private void Take(StationaryWalk walk)
        {
            if (walk.Item >= 0)
            {
                alive--;
            }

            if (chunk.IsEmpty)
            {
                progress?.Invoke(chunk.Length);
                chunk = queue.Next();
            }

            if (chunk.IsEmpty)
            {
                walk.Item = -1;
                return;
            }

            var item = chunk.Take();
            walk.Begin(item, starts.Span.Slice(item * d, d));
            if (manifold is not null)
            {
                RiemannianHessian.Retract(walk.Trial, manifold);
            }

            alive++;
        }
    }
}
