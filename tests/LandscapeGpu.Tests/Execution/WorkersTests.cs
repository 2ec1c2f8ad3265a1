namespace LandscapeGpu.Tests.Execution;

public class WorkersTests
{
    [Fact]
    public void What_goes_wrong_in_one_thread_stops_the_others_at_once()
    {
        var next = -1;
        // The others wait for ever: only the token lets them go.
        var error = Assert.Throws<InvalidDataException>(() => Workers.Run(3, stop =>
        {
            if (Interlocked.Increment(ref next) == 1)
            {
                throw new InvalidDataException("of its own");
            }

            stop.WaitHandle.WaitOne();
        }));
        Assert.Equal("of its own", error.Message);
    }
}
