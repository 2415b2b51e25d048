// SPDX-License-Identifier: Apache-2.0
package examples;

import dev.kairos.lp.model.LpModel;
import dev.kairos.lp.model.LpSolution;
import dev.kairos.lp.model.Row;
import dev.kairos.lp.model.Variable;

/** Plans what to bake: the best plan, what an hour more would bring, and an order too large. */
public class SolveLp {
  public static void main(String[] arguments) {
    LpModel plan = LpModel.maximize("bakery");
    Variable bread = plan.addVariable("bread").cost(3);
    Variable cake = plan.addVariable("cake").cost(5);
    Row oven = plan.addRow("oven hours").add(1, bread).add(2, cake).upper(40);
    plan.addRow("flour").add(1, bread).add(1, cake).upper(30);

    LpSolution best = plan.solve();
    System.out.println(best.objective() + " at " + best.values());
    System.out.println("an hour more brings " + best.dual("oven hours"));

    oven.upper(44); // solved again from where it ended
    System.out.println("44 hours bring " + plan.solve().objective());

    plan.addRow("order").add(1, cake).lower(25);
    System.out.print("25 cakes:");
    plan.solve().conflict().rows().forEach(row -> System.out.print(" " + row.name()));
    System.out.println(" cannot all be kept");
  }
}
