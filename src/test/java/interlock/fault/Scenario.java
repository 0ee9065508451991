package interlock.fault;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * What happens to some plans in a world of their own, while other scenarios go on beside it.
 *
 * @param what what is to become of the plans
 */
record Scenario(String what, Script script) {
    /** Does it all, and looks at what becomes of it. */
    @FunctionalInterface
    interface Script {
        void play(World world) throws Exception;
    }

    /** Plays it, as one of those that share these kills. */
    Void play(SharedKills kills) throws Exception {
        try (World world = new World()) {
            script.play(world);
            return null;
        } finally {
            kills.leave();
        }
    }

    /** Waits until a scenario has been played, and fails as it did. */
    static void report(Future<?> played) throws Throwable {
        try {
            played.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
