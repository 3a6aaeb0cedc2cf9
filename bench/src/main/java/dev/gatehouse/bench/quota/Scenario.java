package dev.gatehouse.bench.quota;

/**
 * What happens while a budget is spent.
 *
 * @param vanishing of so many callers one hangs up in the middle of its answer; 0 for none
 * @param kill whether a gateway is killed on the way
 */
record Scenario(String suffix, int vanishing, boolean kill) {

    static final Scenario CALM = new Scenario("", 0, false);
    static final Scenario ROUGH = new Scenario(".disturbed", 5, true);

    boolean vanishes(int caller) {
        return vanishing > 0 && caller % vanishing == 0;
    }
}
