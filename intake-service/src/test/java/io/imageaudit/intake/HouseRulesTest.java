package io.imageaudit.intake;

import io.imageaudit.test.HouseRules;

class HouseRulesTest extends HouseRules {

  HouseRulesTest() {
    super("io.imageaudit.intake");
  }
}
