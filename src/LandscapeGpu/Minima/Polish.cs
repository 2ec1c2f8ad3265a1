using System.Runtime.CompilerServices;
using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Takes endpoints to the stationary point they are near, in double precision, by a damped Newton method on lanes.</summary>
/// <remarks>
/// The step solves the Hessian with raised pivots and is halved until the value falls; on a box, coordinates held at a
/// bound stay there. It ends when the decrease that Newton's model still promises is below what the value can show.
/// </remarks>
internal sealed class Polish(Objective objective, Derivatives derivatives, int threads)
{
    /// <summary>Beyond this dimension full Hessians are not formed.</summary>
    public const int MostCoordinates = 256;

    // A hundred steps are enough for flat minima, where Newton's method gains only a constant factor a step.
    private const int MostSteps = 100;

    // Raised pivots find most minima in a handful of steps; where many directions are flat, as in networks with more weights than data ask for,
    // they bend the step too far, and a multiple of the identity is added instead.
    private const int RaisedSteps = 8;

    /// <param name="points">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    public PolishedSet Run(ReadOnlyMemory<double> points, int count, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var result = new PolishedSet(derivatives.Dimension, count);
        var lanes = derivatives.Slope.Layout.Restarts;
        var queue = new RestartQueue(count, threads * lanes);
        long evaluations = 0;
        Workers.Run(Math.Min(threads, (count + lanes - 1) / lanes), () =>
        {
            using var worker = new Worker(objective, derivatives, points, result, queue, progress);
            worker.Run(cancellation);
            Interlocked.Add(ref evaluations, worker.Evaluations);
        });
        result.Evaluations = evaluations;
        return result;
    }

    private sealed class Worker : IDisposable
    {
        private readonly int d;
        private readonly int count;
        private readonly Derivatives derivatives;
        private readonly ReadOnlyMemory<double> points;
        private readonly PolishedSet result;
        private readonly RestartQueue queue;
        private readonly Action<long>? progress;
        private readonly Lanes slope;
        private readonly AlignedMemory data;
        private readonly LaneHessians hessians;
        private readonly Manifold? manifold;
        private readonly double[]? lower;
        private readonly double[]? upper;
        private readonly Lane[] lanes;
        private readonly double[] factors;
        private readonly double[] directions;
        private readonly double[] matrix;
        private readonly double[] single;
        private RestartQueue.Chunk chunk;
        private int alive;

        public Worker(Objective objective, Derivatives derivatives, ReadOnlyMemory<double> points, PolishedSet result, RestartQueue queue, Action<long>? progress)
        {
            d = derivatives.Dimension;
            (this.derivatives, this.points, this.result, this.queue, this.progress) = (derivatives, points, result, queue, progress);
            slope = new Lanes(derivatives.Slope);
            data = derivatives.Slope.NewData(objective.Parameters, objective.Replaced);
            hessians = new LaneHessians(derivatives, objective);
            count = slope.Count;
            manifold = objective.Manifold;
            if (objective.Domain is Domain.BoxDomain box)
            {
                (lower, upper) = ([.. box.Lower], [.. box.Upper]);
            }

            lanes = [.. Enumerable.Range(0, count).Select(_ => new Lane(d))];
            factors = new double[d * d * count];
            directions = new double[d * count];
            matrix = new double[d * d];
            single = new double[d];
        }

        public long Evaluations { get; private set; }

        public void Dispose()
        {
            slope.Dispose();
            data.Dispose();
            hessians.Dispose();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(CancellationToken cancellation)
        {
            foreach (var lane in lanes)
            {
                Take(lane);
            }

            while (alive > 0 && !cancellation.IsCancellationRequested)
            {
                for (var l = 0; l < count; l++)
                {
                    slope.Write(derivatives.X, l, lanes[l].Trial);
                }

                slope.Run(data);
                Evaluations += alive;
                var turning = false;
                for (var l = 0; l < count; l++)
                {
                    if (lanes[l].Item >= 0)
                    {
                        turning |= Judge(lanes[l], l);
                    }
                }

                if (turning)
                {
                    Turn();
                }
            }
        }

        private void Take(Lane lane)
        {
            if (chunk.IsEmpty)
            {
                progress?.Invoke(chunk.Length);
                chunk = queue.Next();
            }

            if (lane.Item >= 0)
            {
                alive--;
            }

            if (chunk.IsEmpty)
            {
                lane.Item = -1;
                return;
            }

            lane.Begin(chunk.Take());
            alive++;
            points.Span.Slice(lane.Item * d, d).CopyTo(lane.Trial);
            Project(lane.Trial);
            lane.Trial.CopyTo(lane.Origin, 0);
        }

        /// <summary>Takes the trial point or halves the step; true if a new direction is needed.</summary>
        private bool Judge(Lane lane, int l)
        {
            var value = slope.Read(derivatives.Value, 0, l);
            slope.Read(derivatives.Gradient, l, lane.TrialGradient);
            if (manifold is not null)
            {
                // Kept as it is for the Hessian, which needs its normal part.
                lane.TrialGradient.CopyTo(lane.TrialAmbient, 0);
                RiemannianHessian.Project(lane.TrialGradient, lane.Trial, manifold.BlockLength);
            }

            var free = FreeNorm(lane.Trial, lane.TrialGradient);
            var finite = double.IsFinite(value) && double.IsFinite(free);
            if (lane.Steps == 0 && !finite)
            {
                Finish(lane, l, false);
                return false;
            }

            // Near the floor of rounding the value says nothing any more; then a shorter gradient is progress.
            var slack = 1e-13 * Math.Abs(lane.Value);
            var accepted = finite && (lane.Steps == 0
                || value <= lane.Value + (1e-4 * lane.Share * lane.Slope)
                || (value <= lane.Value + slack && free < lane.Norm));
            if (!accepted)
            {
                lane.Share *= 0.5;
                if (lane.Share < 1e-6)
                {
                    Finish(lane, l, AtFloor(lane));
                    return false;
                }

                lane.Advance();
                Project(lane.Trial);
                return false;
            }

            lane.Accept(value, free);
            lane.Turning = true;
            return true;
        }

        /// <summary>Hessians and new directions for the lanes that have moved.</summary>
        private void Turn()
        {
            for (var l = 0; l < count; l++)
            {
                hessians.Set(l, lanes[l].Point);
            }

            hessians.Compute();
            Evaluations += (long)alive * d;
            for (var l = 0; manifold is not null && l < count; l++)
            {
                lanes[l].Kappa = RiemannianHessian.Apply(hessians.Entries, count, l, lanes[l].Point, lanes[l].Ambient, manifold.BlockLength);
            }

            hessians.Entries.CopyTo(factors, 0);
            for (var l = 0; l < count; l++)
            {
                for (var i = 0; i < d; i++)
                {
                    var held = IsHeld(i, lanes[l].Point, lanes[l].Gradient);
                    directions[(i * count) + l] = held ? 0 : lanes[l].Gradient[i];
                    if (held)
                    {
                        Hold(i, l);
                    }
                }
            }

            LaneFactorisation.Solve(factors, directions, d, count);
            for (var l = 0; l < count; l++)
            {
                if (lanes[l] is { Item: >= 0, Turning: true, Steps: > RaisedSteps } lane)
                {
                    Shift(lane, l);
                }
            }

            for (var l = 0; l < count; l++)
            {
                if (lanes[l] is { Item: >= 0, Turning: true } lane)
                {
                    Direct(lane, l);
                }
            }
        }

        /// <summary>The direction of the Hessian plus a multiple of the identity instead.</summary>
        private void Shift(Lane lane, int l)
        {
            for (var i = 0; i < d; i++)
            {
                var isHeld = IsHeld(i, lane.Point, lane.Gradient);
                single[i] = isHeld ? 0 : -lane.Gradient[i];
                for (var j = 0; j <= i; j++)
                {
                    var isApart = isHeld || IsHeld(j, lane.Point, lane.Gradient);
                    matrix[(i * d) + j] = !isApart ? hessians.Entries[(((i * d) + j) * count) + l] : i == j ? 1 : 0;
                }
            }

            ShiftedFactorisation.Solve(matrix, single, d);
            for (var i = 0; i < d; i++)
            {
                directions[(i * count) + l] = single[i];
            }
        }

        private void Direct(Lane lane, int l)
        {
            lane.Turning = false;
            double slopeAlong = 0, length = 0;
            for (var i = 0; i < d; i++)
            {
                lane.Direction[i] = directions[(i * count) + l];
                slopeAlong += lane.Direction[i] * lane.Gradient[i];
                length += lane.Direction[i] * lane.Direction[i];
            }

            lane.Slope = slopeAlong;
            lane.Share = 1;
            lane.Largest = 0;
            for (var i = 0; i < d; i++)
            {
                lane.Largest = Math.Max(lane.Largest, Math.Abs(hessians.Entries[(((i * d) + i) * count) + l]));
            }

            lane.Length = Math.Sqrt(length);
            // On a plateau the model promises next to nothing as well, but its minimum is far away.
            var promised = Math.Abs(slopeAlong) <= 1e-24 * Math.Max(1, Math.Abs(lane.Value)) && lane.Length <= 1e-4 * (1 + Norm(lane.Point));
            // What is as far away as the origin is not the stationary point the restart came near to.
            var strayed = Distance(lane.Point, lane.Origin) > 1 + Norm(lane.Origin);
            if (promised || strayed || !double.IsFinite(slopeAlong) || lane.Steps > MostSteps)
            {
                Finish(lane, l, !strayed && (promised || AtFloor(lane)));
                return;
            }

            // Endpoints are near their stationary points: a long step would lead to another one.
            var longest = 0.1 * (1 + Norm(lane.Point));
            lane.Share = Math.Min(1, longest / lane.Length);
            lane.Advance();
            Project(lane.Trial);
        }

        /// <summary>The gradient is as short as rounding of the point lets it be, and Newton's step no longer leads anywhere.</summary>
        private static bool AtFloor(Lane lane)
        {
            var reach = 1 + Norm(lane.Point);
            var value = Math.Max(1, Math.Abs(lane.Value));
            // Where rounding of the point alone moves the value visibly, double precision cannot tell what is stationary.
            var decidable = 1e-16 * lane.Largest * reach * reach <= 1e-6 * value;
            return decidable
                && lane.Length <= 1e-6 * reach
                && Math.Abs(lane.Slope) <= 1e-10 * value
                && lane.Norm <= 1e-9 * Math.Max(lane.Largest, 1e-300) * reach
                && lane.Norm <= 1e-5 * value;
        }

        private void Finish(Lane lane, int l, bool stationary)
        {
            var item = lane.Item;
            (lane.Steps == 0 ? lane.Trial : lane.Point).CopyTo(result.Points.AsSpan(item * d));
            result.Values[item] = lane.Steps == 0 ? double.NaN : lane.Value;
            result.Residuals[item] = lane.Norm;
            result.Stationary[item] = stationary;
            double trace = 0, square = 0;
            for (var i = 0; i < d; i++)
            {
                trace += hessians.Entries[(((i * d) + i) * count) + l];
                for (var j = 0; j < d; j++)
                {
                    var h = hessians.Entries[(((i * d) + j) * count) + l];
                    square += h * h;
                }
            }

            // The normals' own κ is no part of the spectrum.
            var normals = manifold?.Blocks(d) ?? 0;
            result.Moments[2 * item] = trace - (normals * lane.Kappa);
            result.Moments[(2 * item) + 1] = square - (normals * lane.Kappa * lane.Kappa);
            Take(lane);
        }

        private void Hold(int i, int l)
        {
            for (var j = 0; j < d; j++)
            {
                factors[(((i * d) + j) * count) + l] = i == j ? 1 : 0;
                factors[(((j * d) + i) * count) + l] = i == j ? 1 : 0;
            }
        }

        private bool IsHeld(int i, double[] point, double[] gradient) =>
            lower is not null && ((point[i] <= lower[i] && gradient[i] > 0) || (point[i] >= upper![i] && gradient[i] < 0));

        private double FreeNorm(double[] point, double[] gradient)
        {
            double square = 0;
            for (var i = 0; i < d; i++)
            {
                square += IsHeld(i, point, gradient) ? 0 : gradient[i] * gradient[i];
            }

            return Math.Sqrt(square);
        }

        private static double Distance(double[] a, double[] b)
        {
            double square = 0;
            for (var i = 0; i < a.Length; i++)
            {
                square += (a[i] - b[i]) * (a[i] - b[i]);
            }

            return Math.Sqrt(square);
        }

        private static double Norm(double[] v)
        {
            double square = 0;
            foreach (var e in v)
            {
                square += e * e;
            }

            return Math.Sqrt(square);
        }

        private void Project(double[] point)
        {
            if (manifold is not null)
            {
                RiemannianHessian.Retract(point, manifold);
            }

            for (var i = 0; lower is not null && i < d; i++)
            {
                point[i] = Math.Clamp(point[i], lower[i], upper![i]);
            }
        }
    }

    /// <summary>One point on its way.</summary>
    private sealed class Lane(int d)
    {
        public int Item { get; set; } = -1;

        public int Steps { get; private set; }

        public double[] Point { get; } = new double[d];

        public double[] Gradient { get; private set; } = new double[d];

        /// <summary>Where it began.</summary>
        public double[] Origin { get; } = new double[d];

        public double[] Trial { get; } = new double[d];

        public double[] TrialGradient { get; private set; } = new double[d];

        /// <summary>On spheres: the gradient of the surrounding space.</summary>
        public double[] Ambient { get; private set; } = new double[d];

        public double[] TrialAmbient { get; private set; } = new double[d];

        /// <summary>On spheres: the eigenvalue given to their normals.</summary>
        public double Kappa { get; set; }

        public double[] Direction { get; } = new double[d];

        public double Value { get; private set; }

        public double Norm { get; private set; }

        public double Slope { get; set; }

        /// <summary>The share of the direction that is tried.</summary>
        public double Share { get; set; }

        public double Largest { get; set; }

        /// <summary>The length of Newton's step.</summary>
        public double Length { get; set; }

        public bool Turning { get; set; }

        public void Begin(int item)
        {
            (Item, Steps, Turning, Norm, Value) = (item, 0, false, double.NaN, double.NaN);
        }

        public void Accept(double value, double norm)
        {
            Steps++;
            (Value, Norm) = (value, norm);
            Trial.CopyTo(Point, 0);
            (Gradient, TrialGradient) = (TrialGradient, Gradient);
            (Ambient, TrialAmbient) = (TrialAmbient, Ambient);
        }

        public void Advance()
        {
            for (var i = 0; i < Point.Length; i++)
            {
                Trial[i] = Point[i] + (Share * Direction[i]);
            }
        }
    }
}
