# Asks the gem Flipper: reads {"features": …, "actors": [{"id", "groups"}]} and answers, by feature, "1" or "0" for each actor.
require 'json'
require 'flipper'

Person = Struct.new(:flipper_id, :groups)
input = JSON.parse($stdin.read)
people = input['actors'].map { |actor| Person.new(actor['id'], actor['groups']) }
input['groups'].each { |name| Flipper.register(name.to_sym) { |person| person.groups.include?(name) } }

flipper = Flipper.new(Flipper::Adapters::Memory.new)
answers = input['features'].to_h do |key, gates|
  feature = flipper[key]
  feature.add
  feature.enable if gates['boolean'].to_s == 'true'
  gates['groups'].each { |name| feature.enable_group(name) }
  gates['actors'].each { |id| feature.enable_actor(Person.new(id, [])) }
  feature.enable_percentage_of_actors(gates['percentage_of_actors']) if gates['percentage_of_actors']
  feature.enable_percentage_of_time(gates['percentage_of_time']) if gates['percentage_of_time']
  [key, people.map { |person| feature.enabled?(person) ? '1' : '0' }.join]
end
puts JSON.generate(answers)
