package interlock.bench;

import java.util.Locale;
import java.util.Random;

/** What a plan looks like. */
enum Shape {
    /** Nothing waits for anything. */
    WIDE {
        @Override
        int[] parents(int action, int size) {
            return new int[0];
        }
    },
    /** Each action waits for the one before. */
    CHAIN {
        @Override
        int[] parents(int action, int size) {
            return action == 0 ? new int[0] : new int[] {action - 1};
        }
    },
    /** As many layers as a layer has actions; each action waits for three of the layer before. */
    LAYERED {
        @Override
        int[] parents(int action, int size) {
            int width = (int) Math.sqrt(size);
            int layer = action / width;
            if (layer == 0) {
                return new int[0];
            }
            return new Random(action)
                    .ints(0, width)
                    .distinct()
                    .limit(Math.min(PARENTS, width))
                    .map(place -> (layer - 1) * width + place)
                    .toArray();
        }
    },
    /** As Watcher's planners draw it: layers of two, each action waits for the whole layer before. */
    WATCHER {
        @Override
        int[] parents(int action, int size) {
            int layer = action / 2;
            return layer == 0 ? new int[0] : new int[] {2 * layer - 2, 2 * layer - 1};
        }
    };

    private static final int PARENTS = 3;

    /** {@return for which actions of a plan of that size an action waits} The same with every run. */
    abstract int[] parents(int action, int size);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
