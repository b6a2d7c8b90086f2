package io.imageaudit.worker;

import io.imageaudit.test.HouseRules;

class HouseRulesTest extends HouseRules {

  HouseRulesTest() {
    super("io.imageaudit.worker");
  }
}
