using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace LandscapeGpu.Expressions;

/// <summary>Goes on with a recursion on the stack of another thread where this one's is nearly used up: a formula written out by a loop is as deep as the loop is long.</summary>
/// <remarks>What a formula can be made of (<see cref="Trace"/>) bounds how deep that goes.</remarks>
internal static class DeepStack
{
    // Reserved, and used as far as it is needed; where it is not enough, yet another follows.
    private const int Bytes = 1 << 28;

    public static TResult Call<TArgument, TResult>(Func<TArgument, TResult> function, TArgument argument)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return function(argument);
        }

        var trace = Trace.Current;
        TResult result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = Trace.Continue(trace, () => function(argument));
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
