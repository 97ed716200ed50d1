import { checkChecks } from '../checks.ts';

describe('django-waffle', () => {
  it('finds functions, decorators, mixins and what tests override', () =>
    checkChecks(`
      //- /shop/views.py
      import waffle
      from django.utils.decorators import method_decorator
      from waffle import flag_is_active, switch_is_active
      from waffle.decorators import waffle_flag, waffle_switch
      from waffle.mixins import WaffleFlagMixin, WaffleSwitchMixin
      from shop.names import SEARCH
      def home(request):
          if flag_is_active(request, "flag"):
             ^^^^^^^^^^^^^^ flag waffle literal
              pass
          if waffle.switch_is_active("switch") and waffle.sample_is_active(sample_name="sample"):
                    ^^^^^^^^^^^^^^^^ switch waffle literal
                                                          ^^^^^^^^^^^^^^^^ sample waffle literal
              pass
          return switch_is_active(SEARCH)
                 ^^^^^^^^^^^^^^^^ search-switch waffle constant
      @waffle_flag("decorated")
       ^^^^^^^^^^^ decorated waffle literal+attribute
      def shop(request): ...
      @waffle_switch("!negated-switch")
       ^^^^^^^^^^^^^ negated-switch waffle literal+attribute
      def old(request): ...
      @method_decorator(waffle_flag("class-decorated"), name="dispatch")
                        ^^^^^^^^^^^ class-decorated waffle literal
      class Page(View): ...
      class Checkout(WaffleFlagMixin, View):
          waffle_flag = "mixin"
          ^^^^^^^^^^^ mixin waffle literal+attribute
      class Other(View):
          waffle_flag = "no-flag"
      class Switched(WaffleSwitchMixin, View):
          waffle_flag = "no-flag"
          waffle_switch = "!mixed-in-switch"
          ^^^^^^^^^^^^^ mixed-in-switch waffle literal+attribute
      //- /shop/names.py
      SEARCH = "search-switch"
               ^^^^^^^^^^^^^^^ search-switch waffle literal declaration
      //- /tests/test_views.py
      from waffle.testutils import override_flag, override_switch
      @override_flag("overridden", active=True)
       ^^^^^^^^^^^^^ overridden waffle literal+attribute stub test
      def test_home(): ...
      def test_shop():
          with override_switch("overridden-switch", active=False):
               ^^^^^^^^^^^^^^^ overridden-switch waffle literal stub test
              pass
      //- /shop/bank.py
      from bank import flag_is_active
      flag_is_active(request, "no-flag")
    `));

  it('follows the flag objects of edx-toggles, in classes that extend them too', () =>
    checkChecks(`
      //- /courses/toggles.py
      from edx_toggles.toggles import SettingDictToggle, SettingToggle, WaffleFlag, WaffleSwitch
      from openedx.core.djangoapps.waffle_utils import CourseWaffleFlag
      NAMESPACE = "courses"
      NEW_NAV = WaffleFlag("courses.new_nav", __name__)
                           ^^^^^^^^^^^^^^^^^ courses.new_nav waffle literal declaration
      FAST = WaffleSwitch(f"{NAMESPACE}.fast", __name__)
                          ^^^^^^^^^^^^^^^^^^^ courses.fast waffle template declaration
      PER_COURSE = CourseWaffleFlag("courses.per_course", __name__)
                                    ^^^^^^^^^^^^^^^^^^^^ courses.per_course waffle literal declaration
      SETTING = SettingToggle("ENABLE_COURSES", default=True, module_name=__name__)
                              ^^^^^^^^^^^^^^^^ ENABLE_COURSES edx-toggles literal declaration =true
      ENTRY = SettingDictToggle("FEATURES", "ENABLE_SEARCH", default=False, module_name=__name__)
                                            ^^^^^^^^^^^^^^^ ENABLE_SEARCH edx-toggles literal declaration =false
      class TeamFlag(WaffleFlag):
          def for_team(self, team):
              return self.is_enabled()
      TEAM = TeamFlag("courses.team", __name__)
                      ^^^^^^^^^^^^^^ courses.team waffle literal declaration
      def new_nav_is_on():
          return NEW_NAV.is_enabled()
                         ^^^^^^^^^^ courses.new_nav waffle flag-object
      def is_on(flag: WaffleFlag):
          return flag.is_enabled()
                      ^^^^^^^^^^ dynamic waffle -
      //- /courses/views.py
      from courses import toggles
      from courses.toggles import ENTRY, FAST as SPEED, PER_COURSE, SETTING, TEAM, is_on, new_nav_is_on
      def view(course_key):
          toggles.NEW_NAV.is_enabled()
                          ^^^^^^^^^^ courses.new_nav waffle flag-object
          SPEED.is_enabled()
                ^^^^^^^^^^ courses.fast waffle flag-object+template
          PER_COURSE.is_enabled(course_key)
                     ^^^^^^^^^^ courses.per_course waffle flag-object
          TEAM.is_enabled()
               ^^^^^^^^^^ courses.team waffle flag-object
          SETTING.is_enabled() and ENTRY.is_enabled()
                  ^^^^^^^^^^ ENABLE_COURSES edx-toggles flag-object =true
                                         ^^^^^^^^^^ ENABLE_SEARCH edx-toggles flag-object =false
          is_on(toggles.NEW_NAV)
          ^^^^^ courses.new_nav inferred flag-object+wrapper
          new_nav_is_on()
          ^^^^^^^^^^^^^ courses.new_nav waffle accessor reference
          other.is_enabled()
      //- /courses/tests/test_views.py
      from edx_toggles.toggles.testutils import override_waffle_flag
      from courses.toggles import NEW_NAV, PER_COURSE
      @override_waffle_flag(NEW_NAV, active=True)
       ^^^^^^^^^^^^^^^^^^^^ courses.new_nav waffle flag-object+attribute stub test
      def test_nav():
          with override_waffle_flag(PER_COURSE, active=False):
               ^^^^^^^^^^^^^^^^^^^^ courses.per_course waffle flag-object stub test
              pass
    `));
});
