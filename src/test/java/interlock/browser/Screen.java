package interlock.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** The screens that show the page. */
enum Screen {
    WIDE_LIGHT(1400, 900, ColorScheme.LIGHT),
    WIDE_DARK(1400, 900, ColorScheme.DARK),
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Screen(int width, int height, ColorScheme scheme) {
        this.width = width;
        this.height = height;
        this.scheme = scheme;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    ColorScheme scheme() {
        return scheme;
    }

    /** {@return its name as a file bears it} */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
